package org.reelcast.mp4.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.GeneratedMedia;

/** Matroska and WebM have the same frames here as for ffmpeg, and broken ones end with a sentence. */
class MatroskaTest {
    private static final ReadOptions DECODES = new ReadOptions(AudioChoice.FIRST, Long.MAX_VALUE, true);
    private static final byte[] OPUS_HEAD = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 2, 56, 1, 0, 0, 0, 0, 0, 0, 0};

    /** @param checksum of its bytes */
    private record Sample(int size, long timeMs, boolean key, String checksum) {}

    private static Path film(String ending, String options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=25:duration=4",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=4",
                "-g",
                "25"));
        arguments.addAll(List.of(options.split(" ")));
        return GeneratedMedia.make("matroska." + ending, arguments.toArray(String[]::new));
    }

    private static Movie read(byte[] file) throws Exception {
        return Movie.read(new TestSource(file), PageStore.HEAP, DECODES);
    }

    @ParameterizedTest
    @CsvSource({
        "webm, VP9, Opus, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus",
        "webm, VP8, Vorbis, -c:v libvpx -deadline realtime -c:a libvorbis -ac 2",
        "webm, VP9, Opus, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus -live 1",
        "webm, AV1, Opus, -c:v libaom-av1 -usage realtime -cpu-used 8 -c:a libopus",
        "mkv, H264, AAC, -c:v libx264 -bf 3 -pix_fmt yuv420p -c:a aac -cluster_time_limit 400",
        "mkv, HEVC, FLAC, -c:v libx265 -x265-params log-level=none -c:a flac",
        "mkv, MPEG-4 Visual, AC-3, -c:v mpeg4 -bf 2 -c:a ac3",
        "mkv, Motion JPEG, PCM, -c:v mjpeg -pix_fmt yuvj420p -c:a pcm_s16le",
        "mkv, H264, MP3, -c:v libx264 -bf 0 -pix_fmt yuv420p -c:a libmp3lame"
    })
    void frames_areThoseThatFfmpegSees(String ending, String video, String audio, String options) throws Exception {
        Path file = film(ending, options);
        byte[] bytes = Files.readAllBytes(file);
        Movie movie = read(bytes);
        assertEquals(video, movie.video().orElseThrow().codec());
        assertEquals(audio, movie.audio().orElseThrow().codec());
        assertEquals(160, movie.video().orElseThrow().width());
        assertEquals(25, movie.video().orElseThrow().framesPerSecond(), 1);
        for (Track track : List.of(movie.video().orElseThrow(), movie.audio().orElseThrow())) {
            List<Sample> ours = ours(track, bytes);
            List<Sample> theirs = theirs(file, track == movie.video().orElseThrow() ? "v:0" : "a:0");
            assertEquals(theirs.size(), ours.size());
            for (int i = 0; i < ours.size(); i++) {
                Sample a = theirs.get(i);
                Sample b = ours.get(i);
                assertEquals(a.timeMs(), b.timeMs(), 1);
                assertEquals(
                        new Sample(a.size(), 0, a.key(), a.checksum()), new Sample(b.size(), 0, b.key(), b.checksum()));
            }
            assertTrue(track.samples().isComplete());
            assertEquals(4_000_000, track.durationUs(), 50_000);
        }
        assertDecodeTimes(movie.video().orElseThrow());
    }

    private static List<Sample> ours(Track track, byte[] file) throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (SampleCursor at = track.samples().cursor(); at.next(); ) {
            CRC32 sum = new CRC32();
            sum.update(file, (int) at.position(), at.size());
            samples.add(new Sample(
                    at.size(),
                    Math.round(at.presentationTimeUs() / 1000.0),
                    at.isSync(),
                    String.format(Locale.ROOT, "CRC32:%08x", sum.getValue())));
        }
        return samples;
    }

    private static List<Sample> theirs(Path file, String stream) throws Exception {
        String packets = GeneratedMedia.run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                stream,
                "-show_packets",
                "-show_data_hash",
                "CRC32",
                "-show_entries",
                "packet=pts_time,size,flags,data_hash",
                "-of",
                "compact=p=0",
                file.toString()));
        // what is said beside a packet ends with a line of its own
        return packets.replace("\n|", "|")
                .lines()
                .filter(line -> line.contains("data_hash="))
                .map(line -> new Sample(
                        Integer.parseInt(value(line, "size")),
                        Math.round(Double.parseDouble(value(line, "pts_time")) * 1000),
                        value(line, "flags").startsWith("K"),
                        value(line, "data_hash")))
                .toList();
    }

    private static String value(String line, String name) {
        return Arrays.stream(line.split("\\|"))
                .filter(field -> field.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    private static void assertDecodeTimes(Track video) throws Exception {
        long lastUs = Long.MIN_VALUE;
        for (SampleCursor at = video.samples().cursor(); at.next(); lastUs = at.decodeTimeUs()) {
            assertTrue(at.decodeTimeUs() > lastUs);
            assertTrue(at.decodeTimeUs() <= at.presentationTimeUs() + 1000, "decoded after it is shown");
        }
    }

    @Test
    void reorderedPictures_areKnown_andSeekable() throws Exception {
        byte[] bytes =
                Files.readAllBytes(film("mkv", "-c:v libx264 -bf 3 -pix_fmt yuv420p -c:a aac -cluster_time_limit 400"));
        SampleTable samples = read(bytes).video().orElseThrow().samples();
        assertTrue(samples.hasReordering());
        assertFalse(samples.isComplete(), "no more is read than is needed");
        SampleCursor at = samples.cursor();
        assertTrue(at.seekSync(2_500_000));
        assertEquals(2_000_000, at.presentationTimeUs(), 30_000);
        assertTrue(at.isSync());
    }

    @Test
    void filmThatIsCutOff_playsUpToThere() throws Exception {
        byte[] bytes = Files.readAllBytes(film("webm", "-c:v libvpx -deadline realtime -c:a libvorbis -ac 2"));
        Movie whole = read(bytes);
        Movie cut = read(Arrays.copyOf(bytes, bytes.length * 2 / 3));
        int all = ours(whole.video().orElseThrow(), bytes).size();
        int some = ours(cut.video().orElseThrow(), bytes).size();
        assertTrue(some > all / 3 && some < all, some + " of " + all);
        assertEquals(
                Optional.of("The file is cut off: its last frame is not whole"),
                cut.notes().stream().findFirst());
    }

    @Test
    void withoutDecoders_vp9IsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(film("webm", "-c:v libvpx -deadline realtime -c:a libvorbis -ac 2"));
        Refusal refusal = assertThrows(Refusal.class, () -> Movie.read(new TestSource(bytes)));
        assertEquals(StatusText.FILE_HAS_WRONG_FORMAT, refusal.status());
        assertTrue(refusal.getMessage().contains("VP8 (V_VP8)"), refusal.getMessage());
    }

    /** An element. @param size null for an unknown one */
    static byte[] element(int id, byte[]... parts) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(payload::writeBytes);
        return sized(id, payload.size(), payload.toByteArray());
    }

    static byte[] sized(int id, long size, byte[] payload) {
        int idBytes = 4 - Integer.numberOfLeadingZeros(id) / 8;
        byte[] wide = ByteBuffer.allocate(4).putInt(id).array();
        return ByteBuffer.allocate(idBytes + 8 + payload.length)
                .put(wide, 4 - idBytes, idBytes)
                .putLong(size | 1L << 56)
                .put(payload)
                .array();
    }

    static byte[] number(int id, long value) {
        return element(id, ByteBuffer.allocate(8).putLong(value).array());
    }

    static byte[] text(int id, String value) {
        return element(id, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static byte[] sound(int number, byte[]... more) {
        return element(
                MatroskaId.TRACK_ENTRY,
                number(MatroskaId.TRACK_NUMBER, number),
                number(MatroskaId.TRACK_TYPE, 2),
                number(MatroskaId.DEFAULT_DURATION, 20_000_000),
                text(MatroskaId.CODEC_ID, "A_OPUS"),
                element(MatroskaId.CODEC_PRIVATE, OPUS_HEAD),
                element(MatroskaId.AUDIO, number(MatroskaId.CHANNELS, 2)),
                joined(more));
    }

    static byte[] film(byte[] tracks, byte[]... clusters) {
        return joined(
                element(MatroskaId.EBML, text(MatroskaId.DOC_TYPE, "matroska")),
                element(MatroskaId.SEGMENT, element(MatroskaId.TRACKS, tracks), joined(clusters)));
    }

    static byte[] cluster(long time, byte[]... blocks) {
        return element(MatroskaId.CLUSTER, number(MatroskaId.TIMESTAMP, time), joined(blocks));
    }

    static byte[] block(int flags, int... bytes) {
        byte[] block = new byte[4 + bytes.length];
        block[0] = (byte) 0x81;
        block[3] = (byte) flags;
        for (int i = 0; i < bytes.length; i++) {
            block[4 + i] = (byte) bytes[i];
        }
        return element(MatroskaId.SIMPLE_BLOCK, block);
    }

    private static int[] sizes(byte[] file) throws Exception {
        SampleTable samples = read(file).audio().orElseThrow().samples();
        List<Integer> sizes = new ArrayList<>();
        for (SampleCursor at = samples.cursor(); at.next(); ) {
            sizes.add(at.size());
            assertEquals(at.index() * 20_000L, at.presentationTimeUs());
            assertEquals(at.index() + 1, file[(int) at.position()], "frames begin with their number");
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void framesOfLacedBlocks_areFramesOfTheirOwn() throws Exception {
        byte[] one = sound(1);
        assertArrayEquals(new int[] {2, 1, 3}, sizes(film(one, cluster(0, block(0x82, 2, 2, 1, 1, 1, 2, 3, 3, 3)))));
        assertArrayEquals(new int[] {2, 2}, sizes(film(one, cluster(0, block(0x84, 1, 1, 1, 2, 2)))));
        assertArrayEquals(
                new int[] {2, 1, 3}, sizes(film(one, cluster(0, block(0x86, 2, 0x82, 0xbe, 1, 1, 2, 3, 3, 3)))));
    }

    @ParameterizedTest
    @CsvSource({"130, 9", "134, 9", "134, 136"})
    void lacesThatClaimMoreThanThereIs_areRefused(int flags, int claimed) {
        byte[] file = film(sound(1), cluster(0, block(flags, 2, claimed, claimed, 1, 1)));
        assertThrows(Refusal.class, () -> read(file));
    }

    @Test
    void encryptedFilms_areRefused() {
        byte[] encrypted = element(
                MatroskaId.CONTENT_ENCODINGS,
                element(MatroskaId.CONTENT_ENCODING, element(MatroskaId.CONTENT_ENCRYPTION, new byte[1])));
        byte[] file = film(sound(1, encrypted), cluster(0, block(0x80, 1)));
        Refusal refusal = assertThrows(Refusal.class, () -> read(file));
        assertTrue(refusal.getMessage().contains("encrypted"), refusal.getMessage());
    }

    @Test
    void moreTracksThanAFilmHas_areRefused() {
        byte[][] tracks = new byte[10_000][];
        for (int i = 0; i < tracks.length; i++) {
            tracks[i] = element(MatroskaId.TRACK_ENTRY);
        }
        Refusal refusal = assertThrows(Refusal.class, () -> read(film(joined(tracks), cluster(0, block(0x80, 1)))));
        assertEquals(StatusText.FAILED_TO_READ_FILE, refusal.status());
    }

    @Test
    void headerAlone_isRefused() {
        assertThrows(Refusal.class, () -> read(film(sound(1))));
        assertThrows(Refusal.class, () -> read(element(MatroskaId.EBML, text(MatroskaId.DOC_TYPE, "matroska"))));
        assertThrows(Refusal.class, () -> read(element(MatroskaId.EBML, text(MatroskaId.DOC_TYPE, "other"))));
    }

    @Test
    void clockThatStartsLate_isSetTo0() throws Exception {
        Movie movie = read(film(sound(1), cluster(3_600_000, block(0x80, 1)), cluster(3_600_020, block(0x80, 2))));
        SampleCursor at = movie.audio().orElseThrow().samples().cursor();
        assertTrue(at.next());
        assertEquals(0, at.presentationTimeUs());
        assertEquals(1, movie.notes().size());
    }

    @Test
    void changedBytes_areAFilmOrAnIOException() {
        byte[] film = film(
                joined(sound(1), sound(2)),
                cluster(0, block(0x82, 2, 2, 1, 1, 1, 2, 3, 3, 3), block(0x86, 2, 0x82, 0xbe, 1, 1, 2, 3, 3, 3)),
                cluster(100, block(0x84, 1, 1, 1, 2, 2), block(0x80, 1)));
        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> HostileMovieTest.mutate(Map.entry("matroska", film), 3000));
    }

    @Test
    void filmJoinedBehind_endsTheFirst() throws Exception {
        byte[] one = film(sound(1), cluster(0, block(0x80, 1)));
        Movie movie = read(joined(one, one));
        assertTrue(movie.audio().orElseThrow().samples().has(0));
        assertFalse(movie.audio().orElseThrow().samples().has(1));
    }
}
