package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.refusal.Refusal;

/** Films in fragments that others were joined to, and whose clock jumps. */
class JoinedFilmsTest {
    private static final long HOUR_US = 3_600_000_000L;

    private static byte[] part(Consumer<TestFragments> change) {
        TestFragments film = new TestFragments(TestTrack.video(1, 24), TestTrack.audio(2, 40));
        change.accept(film);
        return film.bytes();
    }

    private static int count(Track track) throws IOException {
        int count = 0;
        while (track.samples().has(count)) {
            count++;
        }
        return count;
    }

    private static Movie read(byte[] file, ReadOptions options) throws IOException {
        return Movie.read(new TestSource(file), PageStore.HEAP, options);
    }

    @Test
    void sameFilmTwice_goesOnInStep() throws Exception {
        byte[] one = part(film -> {});
        Movie movie = read(Mp4.join(one, one), ReadOptions.AS_IN_FILE);
        Track video = movie.video().orElseThrow();
        Track audio = movie.audio().orElseThrow();
        assertEquals(48, count(video));
        assertEquals(80, count(audio));
        // the picture of the first part, 0.96 s, is the longer one: both go on there
        assertEquals(960_000, video.samples().decodeTimeUs(24), 1);
        assertEquals(960_000, audio.samples().decodeTimeUs(40), 25);
        assertEquals(960_000 + 39 * 1024 * 1_000_000L / 48_000, audio.samples().decodeTimeUs(79), 25);
        assertTrue(movie.notes().isEmpty());
    }

    /** As FFmpeg writes it without default_base_moof: positions are those of the part by itself. */
    @ParameterizedTest
    @CsvSource({"false, 8", "true, 8", "false, 2"})
    void positionsInTheFile_areThoseOfThePartThatSaysThem(boolean isToldOfTheWhole, int perFragment) throws Exception {
        byte[] first = part(film -> film.base = TestFragments.Base.EXPLICIT);
        byte[] second = part(film -> {
            film.base = TestFragments.Base.EXPLICIT;
            film.perFragment = perFragment;
            film.baseShift = isToldOfTheWhole ? first.length : 0;
        });
        byte[] alone = part(film -> {
            film.base = TestFragments.Base.EXPLICIT;
            film.perFragment = perFragment;
        });
        Movie movie = read(Mp4.join(first, second), ReadOptions.AS_IN_FILE);
        Movie single = read(alone, ReadOptions.AS_IN_FILE);
        SampleTable joined = movie.video().orElseThrow().samples();
        SampleTable own = single.video().orElseThrow().samples();
        assertTrue(joined.has(47) && own.has(23));
        for (int i = 0; i < 24; i++) {
            assertEquals(first.length + own.position(i), joined.position(24 + i), "sample " + i);
        }
    }

    @Test
    void positionOutsideTheFile_endsTheFilmAtItsFirstPart() throws Exception {
        byte[] second = part(film -> {
            film.base = TestFragments.Base.EXPLICIT;
            film.baseShift = -1_000_000;
        });
        SampleTable samples = read(Mp4.join(part(film -> {}), second), ReadOptions.AS_IN_FILE)
                .video()
                .orElseThrow()
                .samples();
        assertTrue(samples.has(23));
        Refusal e = assertThrows(Refusal.class, () -> samples.has(24));
        assertTrue(e.getMessage().contains("joined behind"), e.getMessage());
        assertTrue(samples.has(23));
    }

    @Test
    void plainFilms_endAtTheFirst_andThatIsSaid() throws Exception {
        for (TestMovie plain : List.of(TestMovies.plain(), TestMovies.wide())) {
            byte[] one = plain.bytes();
            Movie movie = read(Mp4.join(one, one), ReadOptions.AS_IN_FILE);
            assertEquals(24, count(movie.video().orElseThrow()));
            assertEquals(1, movie.notes().size(), movie.notes().toString());
            assertTrue(
                    movie.notes().get(0).startsWith("Another film is joined to it at byte "),
                    movie.notes().toString());
            byte[] garbage = Mp4.join(one, Mp4.box("free", new byte[10]), Mp4.text("whatever there is"));
            assertEquals(List.of(), read(garbage, ReadOptions.AS_IN_FILE).notes());
        }
    }

    @Test
    void filmOfAnotherSize_endsWhereItIsJoined_andThatIsSaid() throws Exception {
        byte[] other = part(film -> film.tracks.get(0).entries.set(0, Mp4.avc1(320, 180)));
        Movie movie = read(Mp4.join(part(film -> {}), other), ReadOptions.AS_IN_FILE);
        assertEquals(24, count(movie.video().orElseThrow()));
        assertEquals(40, count(movie.audio().orElseThrow()));
        assertEquals(960_000, movie.durationUs(), 1);
        assertTrue(
                movie.notes().get(0).startsWith("Another film is joined to it at byte "),
                movie.notes().toString());
    }

    @Test
    void filmWithOtherClocksOrTracks_endsWhereItIsJoined() throws Exception {
        byte[] first = part(film -> {});
        byte[] otherTimescale = part(film -> film.tracks.get(0).timescale = 25_600);
        byte[] pictureOnly = new TestFragments(TestTrack.video(1, 24)).bytes();
        byte[] plain = TestMovies.plain().bytes();
        for (byte[] second : List.of(otherTimescale, pictureOnly, plain, Mp4.box("moov", new byte[40]))) {
            Movie movie = read(Mp4.join(first, second), ReadOptions.AS_IN_FILE);
            assertEquals(24, count(movie.video().orElseThrow()));
            assertFalse(movie.notes().isEmpty());
        }
    }

    private static byte[] jumps() {
        TestFragments later = new TestFragments(TestTrack.video(1, 24), TestTrack.audio(2, 40));
        later.startTime = 3600;
        return Mp4.join(part(film -> {}), later.bytes());
    }

    @Test
    void clockThatJumps_isFollowedAndSaid() throws Exception {
        Movie movie = read(jumps(), ReadOptions.AS_IN_FILE);
        Track video = movie.video().orElseThrow();
        assertEquals(48, count(video));
        assertEquals(HOUR_US, video.samples().decodeTimeUs(24), 1);
        assertEquals(List.of("Its clock jumps by 3599 s at 0 s: nothing comes for as long"), movie.notes());
    }

    @Test
    void clockThatJumpsFurtherThanAPauseMayLast_goesOnInStep() throws Exception {
        Movie movie = read(jumps(), new ReadOptions(AudioChoice.FIRST, 5_000_000, false));
        Track video = movie.video().orElseThrow();
        Track audio = movie.audio().orElseThrow();
        assertEquals(48, count(video));
        assertEquals(80, count(audio));
        // as far from each other as in the file
        assertEquals(960_000, video.samples().decodeTimeUs(24), 1);
        assertEquals(video.samples().decodeTimeUs(24), audio.samples().decodeTimeUs(40), 25);
        assertEquals(
                "Its clock jumps by 3599 s at 0 s: the film goes on without the pause",
                movie.notes().get(0));
    }
}
