package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.mp4.read.Mp4.box;
import static org.reelcast.mp4.read.Mp4.full;
import static org.reelcast.mp4.read.Mp4.join;
import static org.reelcast.mp4.read.Mp4.text;
import static org.reelcast.mp4.read.Mp4.u32;
import static org.reelcast.mp4.read.Mp4.u8;
import static org.reelcast.mp4.read.Mp4.zeros;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.mp4.box.Limits;
import org.reelcast.refusal.Refusal;

/** Files that are not played: the reason decides what the viewer is told, the message what the log says. */
class MovieRefusalTest {

    private static Refusal refused(byte[] file) {
        return assertThrows(Refusal.class, () -> Movie.read(new TestSource(file)));
    }

    private static void wrongFormat(byte[] file, String message) {
        Refusal e = refused(file);
        assertEquals("File has wrong format", e.info(), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static void broken(byte[] file, String message) {
        Refusal e = refused(file);
        assertEquals("Failed to read file", e.info(), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    private static TestMovie picture() {
        return new TestMovie(TestTrack.video(1, 24));
    }

    @Test
    void emptyFileOrText_isNoMp4() {
        wrongFormat(new byte[0], "is empty");
        wrongFormat(text("mp4"), "not an MP4");
        wrongFormat(
                "This is text, whatever its name says.\n".repeat(50).getBytes(StandardCharsets.UTF_8), "not an MP4");
        wrongFormat(new byte[5000], "not an MP4");
    }

    @Test
    void fileWithoutHeader_isBroken() {
        broken(join(new TestMovie().ftyp, box("mdat", zeros(100))), "no movie header");
        broken(join(u32(0), text("mdat"), zeros(100)), "no movie header");
        byte[] headerLast = TestMovies.wide().bytes();
        broken(Arrays.copyOf(headerLast, headerLast.length - 10), "claims");
    }

    @ParameterizedTest
    @CsvSource({
        "hvc1,HEVC (hvc1)",
        "hev1,HEVC (hev1)",
        "av01,AV1 (av01)",
        "vp09,VP9 (vp09)",
        "mp4v,MPEG-4 Visual (mp4v)",
        "encv,'encrypted (encv, avc1)'",
        "abcd,in an unknown format (abcd)"
    })
    void videoThatIsNotH264_isRefusedByName(String format, String name) {
        TestMovie movie = TestMovies.plain();
        movie.tracks
                .get(0)
                .entries
                .set(0, Mp4.visual(format, 640, 360, Mp4.avcC(4), box("sinf", box("frma", text("avc1")))));
        wrongFormat(movie.bytes(), "Video track 1 is " + name);
    }

    @Test
    void audioThatIsNotAac_isLeftOutWhenThereIsVideo() throws Exception {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).entries.set(0, Mp4.sound("mp4a", 2, 48_000, Mp4.esds(0x6b, new byte[0])));
        Movie read = Movie.read(new TestSource(movie.bytes()));
        assertTrue(read.audio().isEmpty());
        assertEquals(List.of("Audio track 2 is MP3 (mp4a.6B) is left out"), read.notes());
    }

    @Test
    void audioThatIsNotAac_isRefusedByNameWhenItIsAll() {
        TestMovie movie = new TestMovie(TestTrack.audio(1, 4));
        movie.tracks.get(0).entries.set(0, Mp4.sound("mp4a", 2, 48_000, Mp4.esds(0x69, new byte[0])));
        wrongFormat(movie.bytes(), "Audio track 1 is MP3 (mp4a.69)");
        movie.tracks.get(0).entries.set(0, Mp4.sound("mp4a", 2, 48_000, Mp4.esds(0x40, u8(0xf8, 0x48, 0, 0))));
        wrongFormat(movie.bytes(), "Audio track 1 is MP3 (mp4a.40.34)");
        movie.tracks.get(0).entries.set(0, Mp4.sound("ac-3", 2, 48_000));
        wrongFormat(movie.bytes(), "Audio track 1 is AC-3 (ac-3)");
    }

    @Test
    void opusThatIsNeitherMonoNorStereo_isLeftOut() throws Exception {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).entries.set(0, Mp4.sound("Opus", 6, 48_000, Mp4.dOps(6, 1)));
        Movie read = Movie.read(new TestSource(movie.bytes()));
        assertTrue(read.audio().isEmpty());
        assertEquals(List.of("Audio track 2 is Opus in 6 channels (Opus) is left out"), read.notes());
    }

    @Test
    void soundWhoseDescriptionIsBroken_isLeftOut_orTheReasonWhenItIsAll() throws Exception {
        byte[][] descriptions = {
            Mp4.sound("Opus", 2, 48_000),
            Mp4.sound("Opus", 2, 48_000, box("dOps", zeros(5))),
            Mp4.sound("mp4a", 2, 44_000),
            Mp4.sound("mp4a", 2, 48_000, box("esds", zeros(2)))
        };
        String[] reasons = {"dOps", "'dOps' is cut off", "no usable 'esds'", "'esds'"};
        for (int i = 0; i < descriptions.length; i++) {
            TestMovie movie = TestMovies.plain();
            movie.tracks.get(1).entries.set(0, descriptions[i]);
            Movie read = Movie.read(new TestSource(movie.bytes()));
            assertTrue(read.video().isPresent() && read.audio().isEmpty());
            assertTrue(read.notes().get(0).contains(reasons[i]), read.notes().toString());
            TestMovie sound = new TestMovie(TestTrack.audio(1, 4));
            sound.tracks.get(0).entries.set(0, descriptions[i]);
            broken(sound.bytes(), reasons[i]);
        }
    }

    /** As Chromium takes it: AAC-LC of what the sample entry says. */
    @Test
    void soundWithoutConfiguration_isWhatItsEntrySays() throws Exception {
        for (byte[] description :
                List.of(Mp4.sound("mp4a", 2, 44_100), Mp4.sound("mp4a", 2, 44_100, Mp4.esds(0x40, new byte[0])))) {
            TestMovie movie = TestMovies.plain();
            movie.tracks.get(1).entries.set(0, description);
            Movie read = Movie.read(new TestSource(movie.bytes()));
            AacEntry entry = (AacEntry) read.audio().orElseThrow().entries().get(0);
            assertEquals(2, entry.channels());
            assertEquals(44_100, entry.config().sampleRate());
            assertEquals(List.of(), read.notes());
        }
    }

    /** An AudioSpecificConfig with the sample rate in 24 bits (ISO 14496-3 section 1.6.2.1): AAC-LC. */
    private static byte[] aac(int rate, int channels) {
        long bits = 2L << 35 | 15L << 31 | (long) rate << 7 | (long) channels << 3;
        return Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(bits).array(), 3, 8);
    }

    @Test
    void soundOfRatesAndChannelsThatAreNone_isLeftOut_orTheReasonWhenItIsAll() throws Exception {
        Map<byte[], String> descriptions = Map.of(
                Mp4.sound("mp4a", 2, 48_000, Mp4.esds(0x40, aac(1, 2))), "1 Hz",
                Mp4.sound("mp4a", 2, 0, Mp4.esds(0x40, aac(768_000, 2))), "768000 Hz",
                Mp4.sound("mp4a", 255, 48_000, Mp4.esds(0x40, aac(48_000, 0))), "255 channels");
        for (Map.Entry<byte[], String> description : descriptions.entrySet()) {
            TestMovie movie = TestMovies.plain();
            movie.tracks.get(1).entries.set(0, description.getKey());
            Movie read = Movie.read(new TestSource(movie.bytes()));
            assertTrue(read.video().isPresent() && read.audio().isEmpty());
            assertTrue(
                    read.notes().get(0).contains(description.getValue()),
                    read.notes().toString());
        }
    }

    @Test
    void soundWhoseTablesAreBroken_isLeftOut() throws Exception {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).timescale = 0;
        assertTrue(Movie.read(new TestSource(movie.bytes())).audio().isEmpty());
        movie = TestMovies.plain();
        movie.tracks.get(1).durations = new long[0][];
        Movie read = Movie.read(new TestSource(movie.bytes()));
        assertTrue(read.video().isPresent() && read.audio().isEmpty());
        assertTrue(read.notes().get(0).contains("no times"), read.notes().toString());
    }

    @Test
    void firstTrackThatHasSamplesIsPlayed() throws Exception {
        TestMovie movie = new TestMovie(
                TestTrack.video(1, 0), TestTrack.video(2, 20), TestTrack.audio(3, 0), TestTrack.audio(4, 30));
        Movie read = Movie.read(new TestSource(movie.bytes()));
        assertEquals(2, read.video().orElseThrow().id());
        assertEquals(4, read.audio().orElseThrow().id());
        assertEquals(2, read.notes().size(), read.notes().toString());
    }

    @Test
    void soundThatChangesItsCodec_isLeftOut() throws Exception {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).entries.add(Mp4.sound("Opus", 2, 48_000, Mp4.dOps(2, 0)));
        Movie read = Movie.read(new TestSource(movie.bytes()));
        assertTrue(read.audio().isEmpty());
        assertEquals(List.of("Audio track 2 is now in one format, now in another is left out"), read.notes());
    }

    @Test
    void encryptedAudio_isRefusedThoughVideoIsNot() {
        TestMovie movie = TestMovies.plain();
        movie.tracks.get(1).entries.set(0, Mp4.sound("enca", 2, 48_000, box("sinf", box("frma", text("mp4a")))));
        wrongFormat(movie.bytes(), "Audio track 2 is encrypted (enca, mp4a)");
    }

    @Test
    void movieOfSubtitlesOnly_hasNothingToPlay() {
        TestMovie movie = new TestMovie(TestTrack.video(1, 4));
        movie.tracks.get(0).handler = "subt";
        wrongFormat(movie.bytes(), "no H.264, AAC or Opus track");
    }

    @Test
    void compressedHeader_isRefusedByName() {
        wrongFormat(join(new TestMovie().ftyp, box("moov", box("cmov", zeros(20)))), "compressed");
    }

    @Test
    void tablesThatClaimMoreThanTheyHold_areBroken() {
        for (String table : new String[] {"stts", "stsc", "stsz", "stco", "stss", "elst", "stsd"}) {
            byte[] file = new TestMovie(TestMovies.bFrames().tracks.get(0)).bytes();
            int at = find(file, table);
            // the number of entries, behind type, version and flags, and in stsz the common size
            put(file, at + (table.equals("stsz") ? 12 : 8), 0x7fff_ffff);
            broken(file, table.equals("stsd") ? "claims" : "'" + table + "' claims 2147483647 entries");
        }
    }

    @Test
    void oneSizeForFourBillionSamples_isBroken() {
        byte[] file = TestMovies.openData().bytes();
        put(file, find(file, "stsz") + 12, -1);
        broken(file, "claims 4294967295 samples");
    }

    @Test
    void sampleOfTwoGigabytes_isBroken() {
        byte[] file = picture().bytes();
        put(file, find(file, "stsz") + 16, 0x7fff_ffff);
        broken(file, "claims 2147483647 bytes");
    }

    @Test
    void chunksThatDoNotHoldAllSamples_areBroken() {
        byte[] file = picture().bytes();
        put(file, find(file, "stco") + 8, 2);
        broken(file, "hold 8 samples of 24");
    }

    @Test
    void chunkOfAnUnknownEntry_isBroken() {
        TestMovie movie = picture();
        movie.tracks.get(0).entryOfChunk = chunk -> 2;
        broken(movie.bytes(), "names sample entry 2 of 1");
    }

    @ParameterizedTest
    @CsvSource({"129, more than 128 tracks", "10000, More than 4096 boxes"})
    void manyTracks_areBroken(int count, String reason) {
        TestTrack[] tracks = new TestTrack[count];
        Arrays.setAll(tracks, i -> TestTrack.audio(i + 1, 1));
        broken(new TestMovie(tracks).bytes(), reason);
    }

    @Test
    void boxesWithinBoxes_costNothing() {
        byte[] nested = box("free");
        for (int i = 0; i < 2000; i++) {
            nested = box("trak", nested);
        }
        broken(join(new TestMovie().ftyp, box("moov", nested)), "no 'mvhd'");
    }

    @Test
    void millionsOfEmptyBoxes_end() {
        byte[] boxes = new byte[8 * (Limits.TOP_LEVEL + 10)];
        byte[] free = box("free");
        for (int i = 0; i < boxes.length; i += 8) {
            System.arraycopy(free, 0, boxes, i, 8);
        }
        broken(boxes, "no movie header");
        broken(join(new TestMovie().ftyp, box("moov", Arrays.copyOf(boxes, 80_000))), "side by side");
    }

    @Test
    void missingDecoderConfiguration_isBroken() {
        TestMovie movie = new TestMovie(TestTrack.audio(1, 4));
        movie.tracks.get(0).entries.set(0, Mp4.sound("mp4a", 9, 48_000));
        broken(movie.bytes(), "esds");
        movie.tracks.get(0).entries.set(0, Mp4.sound("mp4a", 2, 48_000, full("esds", 0, 0, u8(3, 9, 0))));
        broken(movie.bytes(), "esds");
    }

    static int find(byte[] file, String type) {
        for (int i = 4; i < file.length - 4; i++) {
            if (text(type)[0] == file[i] && Arrays.equals(file, i, i + 4, text(type), 0, 4)) {
                return i;
            }
        }
        throw new AssertionError(type);
    }

    static void put(byte[] file, int at, int value) {
        System.arraycopy(u32(value), 0, file, at, 4);
    }
}
