package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.Slice;
import org.reelcast.codec.h264.NalType;

/** No test of what comes out: that is the machine's. */
class EncodingSpeedTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int TIMES = 15;

    @Test
    void measure_twice_isWithinWhatIsBelieved() throws Exception {
        for (int i = 0; i < 2; i++) {
            double speed = EncodingSpeed.measure();
            assertTrue(speed >= 1 && speed <= 4, "speed " + speed);
        }
    }

    @Test
    void film_startsWithItsOnlyKeyFrame() throws Exception {
        Slice[][] film = EncodingSpeed.film();
        assertTrue(film.length > 1);
        for (int i = 0; i < film.length; i++) {
            boolean key = false;
            for (Slice unit : film[i]) {
                key |= NalType.of(unit.array()[unit.offset()]) == NalType.IDR;
            }
            assertEquals(i == 0, key, "picture " + i);
        }
    }

    @Test
    void codecsThatMeasureAndMakeTheFilm_areClosed() throws Exception {
        assumeTrue(Files.exists(STATUS));
        Slice[][] film = EncodingSpeed.film();
        // an encoder is 3 MB and a decoder 2 MB; making the film takes more than a megabyte of heap as well
        assertGrowth(14 * 1024, () -> EncodingSpeed.fastestNs(film, 1));
        assertGrowth(36 * 1024, EncodingSpeed::film);
    }

    private static void assertGrowth(long mostKb, Callable<?> work) throws Exception {
        for (int i = 0; i < 3; i++) {
            work.call();
        }
        long beforeKb = residentKb();
        for (int i = 0; i < TIMES; i++) {
            work.call();
        }
        long growthKb = residentKb() - beforeKb;
        assertTrue(growthKb < mostKb, "resident memory grew by " + growthKb + " KB");
    }

    private static long residentKb() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }
}
