package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** A film's picture in another size has all pictures and key frames of the film, and is made once. */
class ScaledTest {
    private static final int BITRATE = 100_000;
    private static final ScaledSize SIZE = new ScaledSize(160, 120, BITRATE);

    @TempDir
    private Path folder;

    private final ReencodedVideos videos = new ReencodedVideos(NanoClock.SYSTEM, 2);

    /** Nothing is put into the folder any more when it is deleted. */
    @AfterEach
    void awaitEncoders() {
        Encoders.awaitIdle(videos);
    }

    private static Path film() {
        return ReencodeTest.film("-pix_fmt", "yuv420p", "-bf", "2", "-x264-params", "keyint=35:scenecut=0");
    }

    private Film open(ReencodedVideos pictures) throws IOException {
        return Film.open(
                LocalFile.open(film()),
                new OpusTracks(),
                pictures,
                "cache_dir",
                folder.toString(),
                "cache_max_mb",
                "10");
    }

    private static List<Frame> read(Rendition rendition, long fromUs) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (FrameReader reader = rendition.reader()) {
            reader.seek(fromUs);
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    private static byte[] bytes(List<Frame> frames) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (Frame frame : frames) {
            for (int i = 0; i < frame.slices(); i++) {
                all.write(
                        frame.slice(i).array(),
                        frame.slice(i).offset(),
                        frame.slice(i).length());
            }
        }
        return all.toByteArray();
    }

    @Test
    void allPicturesComeAtTheirTimes_inTheSizeAndAtTheBitrate() throws IOException {
        try (Film film = open(videos);
                Rendition scaled = film.renditions().scaled(SIZE).orElseThrow()) {
            List<Frame> frames = read(scaled, 0);
            assertEquals(150, frames.size());
            ReencodeTest.assertWithoutB(frames);
            for (int i = 0; i < frames.size(); i++) {
                assertEquals(i * 40_000L, frames.get(i).presentationTimeUs());
                assertTrue(i % 35 != 0 || frames.get(i).isKey(), "the film's key frame " + i + " is none");
            }
            assertEquals(160, frames.get(0).format().width());
            assertEquals(120, frames.get(0).format().height());
            assertEquals(160, scaled.format().width());
            double bits = bytes(frames).length * 8 / 6.0;
            assertEquals(BITRATE, bits, 0.25 * BITRATE);

            List<Frame> from = read(scaled, 3_000_000);
            assertTrue(from.get(0).isKey());
            assertTrue(from.get(0).presentationTimeUs() <= 3_000_000);
            assertEquals(
                    frames.get(149).presentationTimeUs(),
                    from.get(from.size() - 1).presentationTimeUs());
        }
    }

    @Test
    void secondShowing_encodesNothing() throws IOException {
        byte[] first;
        try (Film film = open(videos);
                Rendition scaled = film.renditions().scaled(SIZE).orElseThrow();
                Rendition same = film.renditions().scaled(SIZE).orElseThrow()) {
            first = bytes(read(scaled, 0));
            int encoders = videos.encoders();
            assertArrayEquals(first, bytes(read(same, 0)));
            assertTrue(videos.encoders() <= encoders, "an encoder began for what is there");
        }
        Encoders.awaitIdle(videos);
        ReencodedVideos later = new ReencodedVideos(NanoClock.SYSTEM, 2);
        try (Film film = open(later);
                Rendition scaled = film.renditions().scaled(SIZE).orElseThrow();
                FrameReader reader = scaled.reader()) {
            List<Frame> frames = new ArrayList<>();
            for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
                assertEquals(0, later.encoders(), "frame " + frames.size());
            }
            assertArrayEquals(first, bytes(frames));
        }
    }

    @Test
    void closedUnderWay_leavesNothingBehind() throws IOException {
        try (Film film = open(videos)) {
            Rendition scaled = film.renditions().scaled(SIZE).orElseThrow();
            FrameReader reader = scaled.reader();
            reader.next();
            scaled.close();
            scaled.close();
            assertThrows(IOException.class, () -> {
                while (reader.next() != null) {
                    // up to where it was closed
                }
            });
            Encoders.awaitIdle(videos);
        }
        assertTrue(
                Film.open(film())
                        .renditions()
                        .scaled(new ScaledSize(161, 120, BITRATE))
                        .isEmpty(),
                "odd");
    }
}
