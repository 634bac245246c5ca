package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.refusal.Refusal;

class FragmentsTest {

    private static TestFragments film(Consumer<TestFragments> how) {
        TestFragments film = new TestFragments(TestTrack.video(1, 40), TestTrack.audio(2, 60));
        how.accept(film);
        return film;
    }

    /** Every sample has its bytes, times and flags, as the plain film has. */
    private static void check(TestFragments film) throws IOException {
        byte[] bytes = film.bytes();
        Movie movie = Movie.read(new TestSource(bytes));
        check(bytes, film.tracks.get(0), movie.video().orElseThrow());
        check(bytes, film.tracks.get(1), movie.audio().orElseThrow());
        assertEquals(1_600_000, movie.durationUs());
    }

    private static void check(byte[] bytes, TestTrack expected, Track track) throws IOException {
        SampleTable samples = track.samples();
        SampleCursor cursor = samples.cursor();
        for (int i = 0; i < expected.sizes.length; i++) {
            assertTrue(cursor.next(), "sample " + i);
            int at = (int) cursor.position();
            assertArrayEquals(expected.sample(i), Arrays.copyOfRange(bytes, at, at + cursor.size()), "sample " + i);
            long units = i * expected.durations[0][1];
            assertEquals(Math.round(units * 1e6 / expected.timescale), cursor.decodeTimeUs());
            units += expected.offsets == null ? 0 : expected.offsets[i];
            assertEquals(Math.round(units * 1e6 / expected.timescale), cursor.presentationTimeUs());
            assertEquals(!expected.video || i % 10 == 0, cursor.isSync(), "sample " + i);
        }
        assertFalse(cursor.next());
        assertTrue(samples.isComplete());
        assertEquals(expected.video, samples.hasSyncTable());
        assertEquals(expected.sizes.length, samples.count());
    }

    @Test
    void fragmentsOfAllKinds_giveThePlainFilm() throws Exception {
        check(film(f -> {}));
        check(film(f -> f.base = TestFragments.Base.EXPLICIT));
        check(film(f -> f.base = TestFragments.Base.NONE));
        check(film(f -> f.together = false));
        check(film(f -> f.runs = 3));
        check(film(f -> {
            f.runs = 4;
            f.base = TestFragments.Base.NONE;
        }));
        check(film(f -> f.tfdtVersion = 0));
        check(film(f -> f.tfdtVersion = -1));
        check(film(f -> {
            f.perFragment = 10;
            f.defaults = true;
        }));
        check(film(f -> f.perFragment = 1));
        check(film(f -> f.perFragment = 100));
        check(film(f -> f.index = true));
        check(film(f -> f.end = box("mfra", zeros(40))));
        check(film(f -> f.end = zeros(100)));
    }

    @Test
    void filmThatIsPartPlainPartFragmented_isOne() throws Exception {
        check(film(f -> f.plain = 16));
        check(film(f -> {
            f.plain = 16;
            f.tfdtVersion = -1;
        }));
    }

    @Test
    void bFrames_keepTheirOffsets() throws Exception {
        TestFragments film = film(f -> f.plain = 5);
        int[] pattern = {0, 1536, 0, -1024, -512};
        film.tracks.get(0).offsets = new int[40];
        Arrays.setAll(film.tracks.get(0).offsets, i -> pattern[i % 5]);
        byte[] bytes = film.bytes();
        Movie movie = Movie.read(new TestSource(bytes));
        check(bytes, film.tracks.get(0), movie.video().orElseThrow());
        assertTrue(movie.video().get().samples().hasReordering());
    }

    @Test
    void firstFrame_costsTheFirstFragmentOnly() throws Exception {
        TestFragments film = film(f -> f.declaredDuration = 1600);
        Arrays.setAll(film.tracks.get(0).sizes, i -> 1000);
        byte[] bytes = film.bytes();
        TestSource source = new TestSource(bytes);
        source.failFrom = moof(bytes, 2);
        Movie movie = Movie.read(source);
        SampleTable samples = movie.video().orElseThrow().samples();
        assertEquals(8, samples.count());
        assertFalse(samples.isComplete());
        assertEquals(1_600_000, movie.durationUs(), "as the header says");
        source.failFrom = Long.MAX_VALUE;
        SampleCursor cursor = samples.cursor();
        assertTrue(cursor.seekSync(1_250_000));
        assertEquals(30, cursor.index());
        assertEquals(32, samples.count(), "read as far as needed");
        assertTrue(samples.has(39));
        assertFalse(samples.has(40));
        assertTrue(samples.isComplete());
    }

    @Test
    void severalReadersOfOneIndex_allSeeTheWholeFilm() throws Exception {
        TestFragments film = film(f -> f.perFragment = 1);
        byte[] bytes = film.bytes();
        Movie movie = Movie.read(new TestSource(bytes));
        ExecutorService readers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int track = i % 2;
                Track read = (track == 0 ? movie.video() : movie.audio()).orElseThrow();
                done.add(readers.submit(() -> {
                    check(bytes, film.tracks.get(track), read);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void anIndex_tellsTheLength() throws Exception {
        TestFragments film = film(f -> f.index = true);
        assertEquals(2_000_000, Movie.read(new TestSource(film.bytes())).durationUs());
    }

    @Test
    void afterAnErrorOfTheSource_theFilmGoesOn() throws Exception {
        TestFragments film = film(f -> {});
        Arrays.setAll(film.tracks.get(0).sizes, i -> 1000);
        byte[] bytes = film.bytes();
        for (int at = moof(bytes, 2); at < moof(bytes, 5); at += 100) {
            TestSource source = new TestSource(bytes);
            Movie movie = Movie.read(source);
            source.failFrom = at;
            assertThrows(
                    IOException.class,
                    () -> movie.video().orElseThrow().samples().has(39));
            source.failFrom = Long.MAX_VALUE;
            check(bytes, film.tracks.get(0), movie.video().orElseThrow());
            check(bytes, film.tracks.get(1), movie.audio().orElseThrow());
        }
    }

    @Test
    void fragmentThatIsBroken_endsTheFilmThere() throws Exception {
        byte[] bytes = film(f -> {}).bytes();
        byte[] cut = Arrays.copyOf(bytes, moof(bytes, 5) + 50);
        SampleTable samples =
                Movie.read(new TestSource(cut)).video().orElseThrow().samples();
        assertTrue(samples.has(31));
        for (int attempt = 0; attempt < 2; attempt++) {
            Refusal e = assertThrows(Refusal.class, () -> samples.has(39));
            assertEquals("Failed to read file", e.info());
        }
        assertTrue(samples.has(31));
    }

    /** Where fragment {@code number}, counted from 1, starts. */
    private static int moof(byte[] bytes, int number) {
        int at = -8;
        for (int i = 0; i < number; i++) {
            byte[] rest = Arrays.copyOfRange(bytes, at + 8, bytes.length);
            at += 8 + MovieRefusalTest.find(rest, "moof") - 4;
        }
        return at;
    }

    @Test
    void filmCutOutOfALiveStream_startsAtZero() throws Exception {
        TestFragments film = film(f -> f.startTime = 1_700_000_000 / 10);
        Movie movie = Movie.read(new TestSource(film.bytes()));
        SampleTable samples = movie.video().orElseThrow().samples();
        assertEquals(0, samples.presentationTimeUs(0));
        assertTrue(samples.has(39));
        assertEquals(39 * 40_000, samples.presentationTimeUs(39));
        assertEquals(List.of("The film starts at 170000000 s of its own clock, which is set to 0"), movie.notes());
        assertEquals(1_600_000, movie.durationUs());
    }

    @Test
    void fragmentsWhoseClockStartsAnew_goOn() throws Exception {
        byte[] again = film(f -> {}).bytes();
        byte[] fragments = Arrays.copyOfRange(again, MovieRefusalTest.find(again, "moof") - 4, again.length);
        byte[] both = Mp4.join(film(f -> {}).bytes(), fragments);
        SampleTable samples =
                Movie.read(new TestSource(both)).video().orElseThrow().samples();
        assertTrue(samples.has(79));
        assertEquals(79 * 40_000, samples.decodeTimeUs(79));
    }

    @Test
    void headerWithoutMedia_isBroken() {
        TestFragments film = film(f -> {});
        byte[] bytes = film.bytes();
        byte[] header = Arrays.copyOf(bytes, MovieRefusalTest.find(bytes, "moof") - 4);
        Refusal e = assertThrows(Refusal.class, () -> Movie.read(new TestSource(header)));
        assertEquals("Failed to read file", e.info());
        assertTrue(e.getMessage().contains("no media"), e.getMessage());
    }

    @Test
    void runsThatClaimTooMuch_areBroken() throws Exception {
        byte[] bytes = film(f -> {}).bytes();
        MovieRefusalTest.put(bytes, MovieRefusalTest.find(bytes, "trun") + 8, 0x7fff_ffff);
        Refusal e = assertThrows(Refusal.class, () -> Movie.read(new TestSource(bytes)));
        assertTrue(e.getMessage().contains("trun"), e.getMessage());
    }

    @Test
    void billionsOfSamplesInATrackThatIsNotPlayed_costNothing() throws Exception {
        byte[] trun = Mp4.full("trun", 0, 0, u32(Limits.IMPLIED_SAMPLES));
        byte[][] truns = new byte[4000][];
        Arrays.fill(truns, trun);
        byte[] traf = box("traf", Mp4.full("tfhd", 0, 0, u32(77)), Mp4.join(truns));
        byte[][] trafs = new byte[100][];
        Arrays.fill(trafs, traf);
        TestFragments film = film(f -> f.end = box("moof", trafs));
        SampleTable samples =
                Movie.read(new TestSource(film.bytes())).video().orElseThrow().samples();
        assertFalse(samples.has(40));
    }
}
