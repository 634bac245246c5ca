package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.u8;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.refusal.Refusal;

/** A track's defect, the picture's too, costs that track and no other: what else there is plays. */
class BrokenTracksTest {

    /** Breaks the first track of a file, which is its picture. */
    private static Arguments defect(String name, String box, int at, int value, String reason) {
        UnaryOperator<byte[]> change = file -> {
            MovieRefusalTest.put(file, MovieRefusalTest.find(file, box) + at, value);
            return file;
        };
        return Arguments.of(Named.of(name, change), reason);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                defect("configuration that is none", "avcC", 8, 0xfee1_000a, "'avcC'"),
                defect("description that claims too much", "stsd", 8, 0x7fff_ffff, "claims"),
                defect("sizes that claim too much", "stsz", 12, 0x7fff_ffff, "'stsz' claims 2147483647 entries"),
                defect("no time scale", "mdhd", 16, 0, "time scale of 0"),
                defect("header that is none", "tkhd", 0, 0x6162_6364, "no 'tkhd'"),
                defect("box beyond its container", "mdia", -4, 0x7fff_fff0, "claims"));
    }

    private static byte[] film(boolean inFragments, TestTrack... tracks) {
        return inFragments ? new TestFragments(tracks).bytes() : new TestMovie(tracks).bytes();
    }

    private static TestTrack foreignSound(int id) {
        TestTrack track = TestTrack.audio(id, 40);
        track.entries.set(0, Mp4.sound("ac-3", 2, 48_000));
        return track;
    }

    private static Movie read(byte[] file) throws Exception {
        return Movie.read(new TestSource(file));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void brokenPicture_isLeftOut_andTheSoundPlays(UnaryOperator<byte[]> change, String reason) throws Exception {
        for (boolean inFragments : new boolean[] {false, true}) {
            Movie movie = read(change.apply(film(inFragments, TestTrack.video(1, 24), TestTrack.audio(2, 40))));
            assertTrue(movie.video().isEmpty());
            assertTrue(movie.audio().orElseThrow().samples().has(39));
            assertEquals(1, movie.notes().size(), movie.notes().toString());
            String note = movie.notes().get(0);
            assertTrue(note.contains(reason) && note.endsWith(") and is left out"), note);
        }
    }

    @ParameterizedTest
    @MethodSource("defects")
    void brokenPicture_isLeftOut_andTheNextOnePlays(UnaryOperator<byte[]> change, String reason) throws Exception {
        for (boolean inFragments : new boolean[] {false, true}) {
            Movie movie = read(change.apply(
                    film(inFragments, TestTrack.video(1, 24), TestTrack.video(2, 24), TestTrack.audio(3, 40))));
            assertEquals(2, movie.video().orElseThrow().id());
            assertTrue(movie.video().orElseThrow().samples().has(23));
            assertEquals(3, movie.audio().orElseThrow().id());
            assertTrue(movie.notes().get(0).contains(reason), movie.notes().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("defects")
    void whereNothingElsePlays_thePictureIsTheReason(UnaryOperator<byte[]> change, String reason) {
        for (boolean inFragments : new boolean[] {false, true}) {
            for (TestTrack[] tracks :
                    new TestTrack[][] {{TestTrack.video(1, 24)}, {TestTrack.video(1, 24), foreignSound(2)}}) {
                byte[] file = change.apply(film(inFragments, tracks));
                Refusal e = assertThrows(Refusal.class, () -> read(file));
                assertEquals("Failed to read file", e.info(), e.getMessage());
                assertTrue(e.getMessage().contains(reason), e.getMessage());
            }
        }
    }

    @Test
    void brokenSoundInFragments_isLeftOut_andThePicturePlays() throws Exception {
        byte[] file = film(true, TestTrack.video(1, 24), TestTrack.audio(2, 40));
        int moof = MovieRefusalTest.find(file, "moof");
        byte[] header = Arrays.copyOf(file, moof);
        int second = MovieRefusalTest.find(header, "soun");
        byte[] behind = Arrays.copyOfRange(header, second, moof);
        MovieRefusalTest.put(file, second + MovieRefusalTest.find(behind, "stsz") + 12, 0x7fff_ffff);
        Movie movie = read(file);
        assertTrue(movie.video().orElseThrow().samples().has(23));
        assertTrue(movie.audio().isEmpty());
        assertEquals(1, movie.notes().size(), movie.notes().toString());
    }

    @Test
    void editsBeyondAllReason_costTheirTrackInFragmentsToo() throws Exception {
        TestTrack video = TestTrack.video(1, 24);
        video.version = 1;
        video.edits = new long[][] {{1000, Long.MAX_VALUE, 1}};
        for (boolean inFragments : new boolean[] {false, true}) {
            Movie movie = read(film(inFragments, video, TestTrack.audio(2, 40)));
            assertTrue(movie.video().isEmpty() && movie.audio().isPresent());
        }
    }

    @Test
    void pictureOfACodecThatIsNotPlayed_isRefusedBesideABrokenOne() {
        TestTrack broken = TestTrack.video(1, 24);
        broken.entries.set(0, Mp4.visual("avc1", 640, 360, box("avcC", u8(1))));
        TestTrack foreign = TestTrack.video(2, 24);
        foreign.entries.set(0, Mp4.visual("hvc1", 640, 360));
        byte[] file = film(false, broken, foreign, TestTrack.audio(3, 40));
        Refusal e = assertThrows(Refusal.class, () -> read(file));
        assertEquals("File has wrong format", e.info());
        assertTrue(e.getMessage().contains("HEVC"), e.getMessage());
    }

    /** H.264 in Matroska with so much of a decoder configuration that is none. */
    private static byte[] matroskaPicture(int bytes) {
        return MatroskaTest.element(
                MatroskaId.TRACK_ENTRY,
                MatroskaTest.number(MatroskaId.TRACK_NUMBER, 2),
                MatroskaTest.number(MatroskaId.TRACK_TYPE, 1),
                MatroskaTest.text(MatroskaId.CODEC_ID, "V_MPEG4/ISO/AVC"),
                MatroskaTest.element(MatroskaId.CODEC_PRIVATE, new byte[bytes]));
    }

    static Stream<Arguments> matroskaTracks() {
        byte[] nameless =
                MatroskaTest.element(MatroskaId.TRACK_ENTRY, MatroskaTest.sized(MatroskaId.TRACK_NUMBER, 99, u8(1)));
        return Stream.of(
                Arguments.of("Video track 2 is broken (", matroskaPicture(3)),
                Arguments.of("Video track 2 is broken (", matroskaPicture(2_000_000)),
                Arguments.of("A track is broken (", nameless));
    }

    @ParameterizedTest
    @MethodSource("matroskaTracks")
    void brokenTrackOfMatroska_isLeftOut_orTheReasonWhenItIsAll(String note, byte[] track) throws Exception {
        byte[] cluster = MatroskaTest.cluster(0, MatroskaTest.block(0x80, 1));
        Movie movie = read(MatroskaTest.film(join(track, MatroskaTest.sound(1)), cluster));
        assertTrue(movie.video().isEmpty() && movie.audio().isPresent());
        assertTrue(movie.notes().get(0).startsWith(note), movie.notes().toString());
        Refusal e = assertThrows(Refusal.class, () -> read(MatroskaTest.film(track, cluster)));
        assertEquals("Failed to read file", e.info(), e.getMessage());
    }
}
