package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.opus.OpusTracks;
import org.reelcast.storage.LocalFile;

/** Films cannot take more of the machine's memory than there is for them, whatever they say of their pictures. */
class DecoderMemoryTest {
    private static final long BUDGET = 256L << 20;
    private static final int SMALL_PICTURES = 13;

    @TempDir
    Path folder;

    /** A film of small pictures with B-frames; later ones are as large as {@code side} says, in macroblocks. */
    private Path film(int side) throws IOException {
        GeneratedH264 film = new GeneratedH264(false, 0, 16, -1).picture('I', 0, true);
        for (int i = 0; i < SMALL_PICTURES / 2; i++) {
            film.picture('P', 2 * i + 2, true).picture('B', 2 * i + 1, false);
        }
        film.resize(side).picture('I', 0, true);
        for (int i = 1; i < 20; i++) {
            film.picture('P', i, true);
        }
        return film.film(folder.resolve("film.mp4"), true);
    }

    private static int read(Film film) {
        int pictures = 0;
        try (FrameReader reader = film.video().reader()) {
            Frame frame = reader.next();
            while (frame != null) {
                pictures++;
                frame = reader.next();
            }
        } catch (IOException e) {
            // as far as it goes
            assertFalse(e.getMessage().isEmpty());
        }
        return pictures;
    }

    /** 193x193 macroblocks are more than level 5.2 has; 512x512 took 3.4 GB. */
    @ParameterizedTest
    @ValueSource(ints = {193, 512})
    void picturesThatGrowBeyondAllLimitsTakeNoMemory(int side) throws IOException {
        ReencodedVideos videos = new ReencodedVideos(NanoClock.SYSTEM, 2);
        Path file = film(side);
        assertTrue(Files.size(file) < 1 << 20);
        // other tests of the process may have left encoders that are idle for a while
        long others = CodecMemory.ofProcess().used();
        long before = Pointer.physicalBytes();
        try (Film film = Film.open(LocalFile.open(file), new OpusTracks(), videos)) {
            int pictures = read(film);
            long grown = Pointer.physicalBytes() - before;
            assertTrue(grown < BUDGET, (grown >> 20) + " MB");
            assertTrue(pictures >= SMALL_PICTURES, pictures + " pictures");
        }
        Encoders.awaitIdle(videos);
        long used = CodecMemory.ofProcess().used();
        assertTrue(used <= others, used + " bytes, " + others + " before");
    }

    @Test
    void picturesThatGrowWithinTheLimitsAreShown() throws IOException {
        ReencodedVideos videos = new ReencodedVideos(NanoClock.SYSTEM, 2);
        try (Film film = Film.open(LocalFile.open(film(40)), new OpusTracks(), videos)) {
            assertEquals(SMALL_PICTURES + 20, read(film));
        }
        Encoders.awaitIdle(videos);
    }

    @Test
    void filmBeyondTheMemoryOfAll_isStarvedAndPlaysWithoutItsBFrames() throws IOException {
        ReencodedVideos videos = new ReencodedVideos(NanoClock.SYSTEM, 2);
        try (Film film = Film.open(LocalFile.open(film(10)), new OpusTracks(), videos)) {
            CodecMemory.ofProcess().limit(1 << 20);
            assertTrue(film.video().encoding().orElseThrow().isStarved());
            int without = read(film);
            assertEquals(SMALL_PICTURES + 20 - SMALL_PICTURES / 2, without);
            assertEquals(0, videos.encoders());
            CodecMemory.ofProcess().limit(0);
            assertFalse(film.video().encoding().orElseThrow().isStarved());
        } finally {
            CodecMemory.ofProcess().limit(0);
        }
    }
}
