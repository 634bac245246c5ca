package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.MediaKind;
import org.reelcast.mp4.index.PageStore;

/** Which of several tracks plays: what was asked for, what is enabled, what can be played; never what is another's. */
class TrackChoiceTest {
    private static final int GERMAN = code("deu");
    private static final int FRENCH = code("fre");

    private static int code(String language) {
        return language.charAt(0) - 0x60 << 10 | language.charAt(1) - 0x60 << 5 | language.charAt(2) - 0x60;
    }

    private static TestTrack sound(int id, int language) {
        TestTrack track = TestTrack.audio(id, 40);
        track.language = language;
        return track;
    }

    private static TestTrack unplayable(int id) {
        TestTrack track = TestTrack.audio(id, 40);
        track.entries.set(0, Mp4.sound("ac-3", 2, 48_000));
        return track;
    }

    private static Movie read(byte[] file, String wanted) throws IOException {
        return Movie.read(
                new TestSource(file), PageStore.HEAP, new ReadOptions(new AudioChoice(wanted), Long.MAX_VALUE, false));
    }

    private static int played(TestMovie movie, String wanted) throws IOException {
        return read(movie.bytes(), wanted).audio().orElseThrow().id();
    }

    @ParameterizedTest
    @CsvSource({
        "de,3", "deu,3", "ger,3", "DE,3", "de-AT,3", "fr,4", "fra,4", "fre,4", "3,3", "4,4", "2,2", "'',2", "ja,2",
        "9,2"
    })
    void soundThatIsAskedFor_plays_elseTheFirst(String wanted, int track) throws Exception {
        TestMovie movie =
                new TestMovie(TestTrack.video(1, 24), sound(2, code("eng")), sound(3, GERMAN), sound(4, FRENCH));
        assertEquals(track, played(movie, wanted));
        boolean missing = wanted.equals("ja") || wanted.equals("9");
        assertEquals(
                missing ? List.of("The film has no sound '" + wanted + "' that plays: its first one does") : List.of(),
                read(movie.bytes(), wanted).notes());
    }

    @Test
    void soundThatIsAskedFor_playsAlthoughItIsNotEnabled_alsoInFragments() throws Exception {
        TestTrack german = sound(3, GERMAN);
        german.enabled = false;
        assertEquals(3, played(new TestMovie(TestTrack.video(1, 24), sound(2, code("eng")), german), "de"));
        TestFragments fragments = new TestFragments(TestTrack.video(1, 24), sound(2, code("eng")), german);
        fragments.together = false;
        assertEquals(3, read(fragments.bytes(), "de").audio().orElseThrow().id());
        assertEquals(2, read(fragments.bytes(), "").audio().orElseThrow().id());
    }

    /** A film of QuickTime, whose languages are numbers of the Macintosh. */
    @ParameterizedTest
    @CsvSource({"en,2", "de,3", "ger,3", "fr,4", "it,2"})
    void languagesOfQuickTime_areChosenToo(String wanted, int track) throws Exception {
        TestTrack[] sounds = {sound(2, 0), sound(3, 2), sound(4, 1)};
        for (TestTrack sound : sounds) {
            sound.quickTime = true;
        }
        assertEquals(track, played(new TestMovie(sounds), wanted));
    }

    /** Of a group (ISO 14496-12 section 8.3.2) the enabled one plays, else the first that can. */
    @Test
    void alternatesOfAGroup_leaveItToTheEnabledOne() throws Exception {
        for (int group = 0; group < 2; group++) {
            TestTrack english = sound(2, code("eng"));
            english.enabled = false;
            TestTrack german = sound(3, GERMAN);
            TestTrack french = sound(4, FRENCH);
            french.enabled = false;
            for (TestTrack sound : List.of(english, german, french)) {
                sound.alternateGroup = group;
            }
            TestMovie movie = new TestMovie(TestTrack.video(1, 24), english, german, french);
            assertEquals(3, played(movie, ""));
            assertEquals(4, played(movie, "fr"), "what is asked for goes before");
            german.entries.set(0, Mp4.sound("ac-3", 2, 48_000));
            assertEquals(2, played(movie, ""), "the first that plays");
        }
    }

    @Test
    void soundsOfOneLanguage_areToldApartByTheirNumbers() throws Exception {
        TestTrack[] tracks = new TestTrack[100];
        tracks[0] = TestTrack.video(1, 24);
        for (int i = 1; i < tracks.length; i++) {
            tracks[i] = sound(i + 1, GERMAN);
        }
        TestMovie movie = new TestMovie(tracks);
        assertEquals(2, played(movie, ""));
        assertEquals(2, played(movie, "de"), "the first that plays");
        assertEquals(77, played(movie, "77"));
        assertEquals(100, read(movie.bytes(), "de").tracks().size());
    }

    @Test
    void extendedLanguage_tellsRegions() throws Exception {
        TestTrack swiss = sound(2, GERMAN);
        swiss.elng = "de-CH";
        TestTrack austrian = sound(3, GERMAN);
        austrian.elng = "de-AT";
        TestMovie movie = new TestMovie(swiss, austrian);
        assertEquals(3, played(movie, "de-AT"));
        assertEquals(2, played(movie, "de"));
        assertEquals("de-AT", read(movie.bytes(), "").tracks().get(1).language());
    }

    /** An alternative that is not enabled, as beside sound that few players have. */
    @Test
    void enabledTrackThatDoesNotPlay_leavesItToOneThatDoes() throws Exception {
        TestTrack aac = TestTrack.audio(3, 40);
        aac.enabled = false;
        TestMovie movie = new TestMovie(TestTrack.video(1, 24), unplayable(2), aac);
        assertEquals(3, played(movie, ""));
        assertEquals(
                List.of("Audio track 2 is AC-3 (ac-3) is left out"),
                read(movie.bytes(), "").notes());
        TestTrack hevc = TestTrack.video(1, 24);
        hevc.entries.set(0, Mp4.visual("hvc1", 640, 360));
        TestTrack h264 = TestTrack.video(2, 24);
        h264.enabled = false;
        assertEquals(
                2,
                read(new TestMovie(hevc, h264).bytes(), "")
                        .video()
                        .orElseThrow()
                        .id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"auxl", "vdep", "thmb"})
    void trackThatBelongsToAnother_isNoFilm(String reference) throws Exception {
        TestTrack depth = TestTrack.video(1, 24);
        depth.extra = Mp4.box("tref", Mp4.box(reference, Mp4.u32(2)));
        Movie movie = read(new TestMovie(depth, TestTrack.video(2, 24)).bytes(), "");
        assertEquals(2, movie.video().orElseThrow().id());
        assertEquals(1, movie.tracks().size());
    }

    /** In fragments, too, the first track of a kind may be empty. */
    @Test
    void emptyTrackInFragments_leavesItToTheNext() throws Exception {
        TestTrack empty = TestTrack.audio(2, 40).head(0);
        empty.durations = new long[][] {{0, 1024}};
        TestFragments film = new TestFragments(TestTrack.video(1, 24), empty, TestTrack.audio(3, 40));
        Movie movie = read(film.bytes(), "");
        assertEquals(3, movie.audio().orElseThrow().id());
        assertEquals(List.of("Track 2 has no samples and is left out"), movie.notes());
    }

    @Test
    void tracks_areListedWithWhatPlays() throws Exception {
        Movie movie = read(new TestMovie(TestTrack.video(1, 24), unplayable(2), sound(3, GERMAN)).bytes(), "");
        assertEquals(
                List.of(
                        new TrackInfo(1, MediaKind.VIDEO, "H264", "und", true, true, true),
                        new TrackInfo(2, MediaKind.AUDIO, "AC-3 (ac-3)", "und", true, false, false),
                        new TrackInfo(3, MediaKind.AUDIO, "AAC", "deu", true, true, true)),
                movie.tracks());
    }

    @Test
    void choice_isALanguageOrANumberOfSensibleLength() {
        for (String text : List.of("de", "deu", "zh-Hant-TW", "12", "", "de_AT")) {
            assertTrue(AudioChoice.isOne(text), text);
        }
        for (String text : List.of("d", "a".repeat(4000), "1".repeat(4000), "de&x", "../x", "de%20", "ä")) {
            assertFalse(AudioChoice.isOne(text), text);
        }
    }
}
