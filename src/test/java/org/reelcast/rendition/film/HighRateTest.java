package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;

/** Of a thousand pictures a second no more come than browsers show, evenly, and all of the sound. */
class HighRateTest {
    private static final int SECONDS = 2;
    private static final long LEAST_US = 13_000;
    private static final long MOST_US = 21_000;

    @Test
    void oneOfSeventeenComes() throws Exception {
        Path file = GeneratedMedia.make(
                "thousand.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=1000:duration=" + SECONDS,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=" + SECONDS,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-bf",
                "0",
                "-video_track_timescale",
                "16000",
                "-c:a",
                "aac");
        try (Film film = Film.open(file);
                FrameReader pictures = film.video().reader();
                FrameReader sound = film.audio().reader()) {
            List<Frame> frames = AnnexB.frames(pictures, 10_000);
            assertEquals(1000.0 * SECONDS / 17, frames.size(), 2);
            for (int i = 1; i < frames.size(); i++) {
                long apartUs =
                        frames.get(i).presentationTimeUs() - frames.get(i - 1).presentationTimeUs();
                assertTrue(apartUs >= LEAST_US && apartUs <= MOST_US, "picture " + i + " after " + apartUs + " µs");
            }
            assertEquals(SECONDS * 25, AnnexB.frames(sound, 10_000).size(), 2);
        }
    }
}
