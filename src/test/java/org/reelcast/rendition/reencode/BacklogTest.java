package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** A film that was not encoded as fast as it was shown is made whole for later viewers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BacklogTest {
    private static final int PICTURES = 150;
    private static final long LONG_NS = 3_600_000_000_000L;

    @TempDir
    Path cache;

    private final FakeNanoClock clock = new FakeNanoClock();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final ReencodedVideos tracks = new ReencodedVideos(clock, 2, LONG_NS);

    private static Path film() {
        return GeneratedMedia.make(
                "b.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x240:rate=25:duration=6",
                "-c:v",
                "libx264",
                "-pix_fmt",
                "yuv420p",
                "-bf",
                "3",
                "-g",
                "50",
                "-b:v",
                "8M",
                "-minrate",
                "8M");
    }

    private String[] settings(int cacheMb) {
        return new String[] {"cache_dir", cache.toAbsolutePath().toString(), "cache_max_mb", "" + cacheMb};
    }

    private static List<Frame> show(Film film) throws IOException {
        try (FrameReader reader = film.video().reader()) {
            return AnnexB.frames(reader, 1000);
        }
    }

    private static void awaitRest(Film film) {
        while (film.video().encoding().orElseThrow().isBusy()) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void awaitEncoders() {
        stalled.countDown();
        Encoders.awaitIdle(tracks);
    }

    @Test
    void tooSlowTheFirstTime_isWholeTheNextTimeAndNotEncodedTwice() throws Exception {
        try (LocalFile bytes = LocalFile.open(film());
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() / 2, stalled, tracks),
                        new OpusTracks(),
                        tracks,
                        settings(50))) {
            assertTrue(show(film).size() < PICTURES, "there is nothing to make up for");
            assertTrue(film.video().encoding().orElseThrow().isBusy());
            stalled.countDown();
            awaitRest(film);

            long encoded = ((ReencodedRendition) film.video()).encodedPictures();
            List<Frame> whole = show(film);
            assertEquals(PICTURES, whole.size());
            for (int i = 0; i < PICTURES; i++) {
                assertEquals(i * 40_000L, whole.get(i).presentationTimeUs());
            }
            assertEquals(encoded, ((ReencodedRendition) film.video()).encodedPictures());
            assertTrue(film.video().note().isEmpty(), () -> film.video().note().orElseThrow());
        }
    }

    @Test
    void readySegments_areShownWholeWhileTheRestIsNot() throws Exception {
        try (LocalFile bytes = LocalFile.open(film());
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() * 3 / 4, stalled, tracks),
                        new OpusTracks(),
                        tracks,
                        settings(50))) {
            show(film);
            List<Long> again =
                    show(film).stream().map(Frame::presentationTimeUs).toList();
            assertTrue(film.video().note().orElseThrow().startsWith("B-frames are left out"));
            // segments of two seconds: at least the first one was made
            for (long timeUs = 0; timeUs < 2_000_000; timeUs += 40_000) {
                assertTrue(again.contains(timeUs), "no picture at " + timeUs);
            }
            assertTrue(again.size() < PICTURES);
            stalled.countDown();
            awaitRest(film);
        }
    }

    @Test
    void cacheThatCannotHoldTheFilm_leavesItAsItIs() throws Exception {
        try (LocalFile bytes = LocalFile.open(film());
                Film film = Film.open(
                        Encoders.stalling(clock, bytes, bytes.size() / 2, stalled, tracks),
                        new OpusTracks(),
                        tracks,
                        settings(1))) {
            show(film);
            assertFalse(film.video().encoding().orElseThrow().isBusy());
            stalled.countDown();
        }
    }

    @Test
    void closedInTheMiddle_ends() throws Exception {
        try (LocalFile bytes = LocalFile.open(film())) {
            Film film = Film.open(
                    Encoders.stalling(clock, bytes, bytes.size() / 2, stalled, tracks),
                    new OpusTracks(),
                    tracks,
                    settings(50));
            show(film);
            film.close();
            stalled.countDown();
            awaitRest(film);
        }
        awaitEncoders();
        assertEquals(0, tracks.inUse());
    }
}
