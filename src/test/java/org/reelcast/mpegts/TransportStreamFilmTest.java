package org.reelcast.mpegts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.write.Probe;
import org.reelcast.mpegts.ParsedStream.Pes;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedH264;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.film.Film;
import org.reelcast.rendition.film.OriginalFilms;
import org.reelcast.rendition.opus.HeAac;

/** Real films in segments: ffmpeg finds nothing wrong with them, and gets out what was put in. */
class TransportStreamFilmTest {
    private static final long LATER_US = 10_000_000;

    @TempDir
    Path folder;

    /** A film's frames, ten seconds later, and a writer for them. */
    private record Taken(TransportStreamWriter writer, List<Frame> video, List<Frame> audio) {

        static Taken of(Path file) throws IOException {
            try (Film film = Film.open(file)) {
                Optional<Rendition> video =
                        film.renditions().originals().video().map(any -> any);
                Optional<Rendition> audio =
                        film.renditions().originals().audio().map(any -> any);
                return new Taken(
                        new TransportStreamWriter(video.map(track -> (H264Format) track.format()), audio.map(track ->
                                (AacFormat) track.format())),
                        frames(video),
                        frames(audio));
            }
        }

        private static List<Frame> frames(Optional<Rendition> track) throws IOException {
            if (track.isEmpty()) {
                return List.of();
            }
            try (FrameReader reader = track.get().reader()) {
                return AnnexB.frames(reader, Integer.MAX_VALUE).stream()
                        .map(frame -> frame.shifted(LATER_US))
                        .toList();
            }
        }

        /** A segment for each key frame, with the sound of the time. */
        List<byte[]> segments() {
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i < video.size(); i++) {
                if (video.get(i).isKey()) {
                    starts.add(i);
                }
            }
            starts.add(video.size());
            List<byte[]> segments = new ArrayList<>();
            for (int i = 0; i + 1 < starts.size(); i++) {
                long from = i == 0 ? Long.MIN_VALUE : video.get(starts.get(i)).presentationTimeUs();
                long to = i + 2 == starts.size()
                        ? Long.MAX_VALUE
                        : video.get(starts.get(i + 1)).presentationTimeUs();
                segments.add(writer.segment(
                        video.subList(starts.get(i), starts.get(i + 1)),
                        audio.stream()
                                .filter(frame -> frame.presentationTimeUs() >= from && frame.presentationTimeUs() < to)
                                .toList()));
            }
            return segments;
        }
    }

    static Stream<Arguments> films() {
        return Stream.of(
                Arguments.of("plain", OriginalFilms.film()),
                Arguments.of("b-frames", OriginalFilms.withBFrames()),
                Arguments.of(
                        "open groups",
                        OriginalFilms.withBFrames("-x264-params", "open-gop=1:b-pyramid=normal:b-adapt=0:scenecut=0")),
                Arguments.of("negative offsets", OriginalFilms.withBFrames("-movflags", "negative_cts_offsets")),
                Arguments.of("slices", OriginalFilms.film("-x264-params", "slices=4:scenecut=0")),
                Arguments.of(
                        "delimiters",
                        OriginalFilms.film(
                                "-x264-params",
                                "aud=1:nal-hrd=cbr:filler=1",
                                "-b:v",
                                "400k",
                                "-maxrate",
                                "400k",
                                "-bufsize",
                                "400k")),
                Arguments.of(
                        "in-band", OriginalFilms.withBFrames("-x264-params", "repeat-headers=1", "-tag:v", "avc3")),
                Arguments.of("44.1 kHz mono", OriginalFilms.withBFrames("-ac", "1", "-ar", "44100")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("films")
    void film_isDemuxedAndDecodedAsItIs(String name, Path file) throws Exception {
        Taken film = Taken.of(file);
        List<byte[]> segments = film.segments();
        assertTrue(segments.size() >= 4, segments.size() + " segments");
        Path stream = write(segments);
        assertNoWarnings(stream);
        assertDemuxed(film, stream);
        assertEquals(Probe.decoded(file, "v:0"), Probe.decoded(stream, "v:0"));
    }

    /** As a player does that seeks, a segment is decoded alone. */
    @Test
    void segmentAlone_isDecodedCleanly() throws Exception {
        for (byte[] segment : Taken.of(OriginalFilms.withBFrames()).segments()) {
            Path stream = write(List.of(segment));
            assertNoWarnings(stream);
            assertEquals(25, Probe.decoded(stream, "v:0").size());
        }
    }

    @Test
    void pictureAlone_isDemuxedAsItIs() throws Exception {
        Taken film = Taken.of(OriginalFilms.withBFrames("-an"));
        Path stream = write(film.segments());
        assertNoWarnings(stream);
        assertDemuxed(film, stream);
    }

    @Test
    void soundAlone_isWhatFfmpegMakesOfIt() throws Exception {
        Path file = OriginalFilms.film("-vn");
        Taken film = Taken.of(file);
        int half = film.audio.size() / 2;
        List<byte[]> segments = List.of(
                film.writer.segment(List.of(), film.audio.subList(0, half)),
                film.writer.segment(List.of(), film.audio.subList(half, film.audio.size())));
        Path stream = write(segments);
        assertNoWarnings(stream);
        assertDemuxed(film, stream);
        Path adts = GeneratedMedia.make("original.aac", "-ignore_editlist", "1", "-i", file.toString(), "-c", "copy");
        assertArrayEquals(Files.readAllBytes(adts), sound(stream));
    }

    /** The header says the core, 22.05 kHz mono; the frames say that it is more. */
    @Test
    void heAac_isFoundByItsFrames() throws Exception {
        Taken film = Taken.of(HeAac.implicit(folder, true));
        Path stream = write(List.of(film.writer.segment(List.of(), film.audio)));
        assertEquals(Set.of("44100"), said(stream, "sample_rate"));
        assertEquals(Set.of("2"), said(stream, "channels"));
        assertDemuxed(film, stream);
    }

    /** ffprobe says it once for the program, and once for the file. */
    private static Set<String> said(Path stream, String entry) throws IOException {
        return new HashSet<>(List.of(Probe.stream(stream, "a:0", entry).split("\\s+")));
    }

    private Path write(List<byte[]> segments) throws IOException {
        byte[] all = GeneratedFrames.join(segments.toArray(byte[][]::new));
        new ParsedStream(all);
        return Files.write(folder.resolve("film.ts"), all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fields_inSamplesOfTheirOwnOrNot_areDecodedAsTheyAre(boolean apart) throws Exception {
        GeneratedH264 made = new GeneratedH264(true, 0, 2, 0);
        if (apart) {
            made.fieldsApart();
        }
        for (int i = 0; i < 50; i++) {
            made.picture(i % 25 == 0 ? 'I' : 'P', i % 25, true);
        }
        Path file = made.film(folder.resolve("fields.mp4"), false);
        Path stream = write(Taken.of(file).segments());
        assertDecodedWithoutWarnings(stream);
        assertEquals(50, Probe.decoded(stream, "v:0").size());
        assertEquals(AnnexB.picturesOf(file), Probe.decoded(stream, "v:0"));
    }

    private static byte[] sound(Path stream) throws IOException {
        return GeneratedFrames.join(new ParsedStream(Files.readAllBytes(stream))
                .pes(ParsedStream.AUDIO).stream().map(Pes::payload).toArray(byte[][]::new));
    }

    private static void assertNoWarnings(Path stream) throws IOException {
        assertEquals(
                "",
                GeneratedMedia.run(List.of(
                                "ffmpeg",
                                "-v",
                                "warning",
                                "-i",
                                stream.toString(),
                                "-map",
                                "0",
                                "-c",
                                "copy",
                                "-f",
                                "null",
                                "-"))
                        .strip());
        assertDecodedWithoutWarnings(stream);
    }

    private static void assertDecodedWithoutWarnings(Path stream) throws IOException {
        assertEquals(
                "",
                GeneratedMedia.run(List.of(
                                "ffmpeg",
                                "-v",
                                "warning",
                                "-i",
                                stream.toString(),
                                "-map",
                                "0",
                                "-fps_mode",
                                "passthrough",
                                "-enc_time_base",
                                "-1",
                                "-f",
                                "null",
                                "-"))
                        .strip());
    }

    private static void assertDemuxed(Taken film, Path stream) throws Exception {
        int at = 0;
        List<Pes> units = new ParsedStream(Files.readAllBytes(stream)).pes(ParsedStream.VIDEO);
        for (Probe.Packet packet : Probe.packets(stream, "v:0")) {
            Frame frame = film.video.get(at);
            assertEquals(frame.presentationTimeUs() / 1e6, packet.seconds(), 7e-6);
            assertEquals(frame.isKey(), packet.isKey());
            assertEquals(hash(units.get(at).payload()), packet.hash());
            assertEndsWith(frame, units.get(at++).payload());
        }
        assertEquals(film.video.size(), at);
        byte[] sound = sound(stream);
        int from = 0;
        at = 0;
        for (Probe.Packet packet : Probe.packets(stream, "a:0")) {
            Frame frame = film.audio.get(at++);
            // within a PES packet ffmpeg counts on by itself
            assertEquals(frame.presentationTimeUs() / 1e6, packet.seconds(), 3e-5);
            int to = from + 7 + frame.size();
            assertArrayEquals(GeneratedFrames.units(frame)[0], Arrays.copyOfRange(sound, from + 7, to));
            assertEquals(hash(Arrays.copyOfRange(sound, from, to)), packet.hash());
            from = to;
        }
        assertEquals(film.audio.size(), at);
    }

    /** What the frame has, but for a delimiter, is the end of what is written. */
    private static void assertEndsWith(Frame frame, byte[] written) {
        byte[] expected = GeneratedFrames.annexB(Stream.of(GeneratedFrames.units(frame))
                .filter(unit -> (unit[0] & 0x1f) != 9)
                .toArray(byte[][]::new));
        int delimiter = GeneratedFrames.annexB().length;
        int units = expected.length - delimiter;
        assertArrayEquals(
                Arrays.copyOfRange(expected, delimiter, expected.length),
                Arrays.copyOfRange(written, written.length - units, written.length));
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                .substring(0, 10);
    }
}
