package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SampleTable;

/** Damaged files: whatever happens is an IOException, or a movie whose samples can all be asked for. */
class HostileMovieTest {
    private static final ReadOptions DECODES = new ReadOptions(AudioChoice.FIRST, Long.MAX_VALUE, true);
    private static final int ROUNDS = 1500;

    /** Reads a movie and asks everything of every sample. */
    static void exercise(byte[] file) {
        try {
            Movie movie = Movie.read(new TestSource(file), PageStore.HEAP, DECODES);
            for (Track track : Stream.of(movie.video(), movie.audio())
                    .flatMap(o -> o.stream())
                    .toList()) {
                SampleTable samples = track.samples();
                int limit = 20_000;
                for (SampleCursor cursor = samples.cursor(); limit > 0 && cursor.next(); limit--) {
                    check(cursor.size() >= 0 && cursor.size() <= Limits.SAMPLE_BYTES, "size");
                    check(cursor.position() >= 0, "position");
                    check(cursor.entry() < track.entries().size(), "entry");
                    check(cursor.durationUs() >= 0, "duration");
                    check(Math.abs(cursor.presentationTimeUs()) < Long.MAX_VALUE / 4, "presentation time");
                    check(Math.abs(cursor.decodeTimeUs()) < Long.MAX_VALUE / 4, "decode time");
                }
                for (long timeUs : new long[] {Long.MIN_VALUE / 4, -1, 0, 100_000, Long.MAX_VALUE / 4}) {
                    check(samples.syncAtOrBefore(timeUs) >= 0, "sync");
                }
                check(track.durationUs() >= 0, "track duration");
                check(track.width() >= 0 && track.rotation() % 90 == 0, "picture");
            }
            check(movie.heapBytes() < 64_000_000, "heap");
        } catch (IOException e) {
            check(e.getMessage() != null, "message");
        }
    }

    private static void check(boolean fine, String what) {
        if (!fine) {
            throw new AssertionError(what);
        }
    }

    @Test
    void everyTruncationOfAHeader_isAnErrorOrAMovie() {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (byte[] file : new byte[][] {
                TestMovies.bFrames().bytes(), TestMovies.quickTime().bytes()
            }) {
                for (int length = 0; length < file.length; length++) {
                    exercise(Arrays.copyOf(file, length));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> changedBytes() {
        return TestMovies.all().entrySet().stream()
                .map(film -> DynamicTest.dynamicTest(
                        film.getKey(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> mutate(film, ROUNDS))));
    }

    /** Numbers that break things, put where numbers are. */
    private static final int[] NASTY = {0, 1, -1, 7, 8, 0x7fff_ffff, 0x8000_0000, 0xff, 0x100, 0xffff, 0x1_0000};

    static void mutate(Map.Entry<String, byte[]> film, int rounds) {
        Random random = new Random(film.getKey().hashCode());
        for (int round = 0; round < rounds; round++) {
            byte[] file = film.getValue().clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(file.length - 4);
                switch (random.nextInt(3)) {
                    case 0 -> file[at] = (byte) random.nextInt();
                    case 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                    default -> MovieRefusalTest.put(file, at & ~3, NASTY[random.nextInt(NASTY.length)]);
                }
            }
            try {
                exercise(file);
            } catch (Throwable e) {
                throw new AssertionError("Round " + round + " of " + film.getKey(), e);
            }
        }
    }
}
