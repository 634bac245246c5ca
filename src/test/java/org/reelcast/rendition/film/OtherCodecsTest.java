package org.reelcast.rendition.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Frame;
import org.reelcast.media.FrameReader;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.rendition.AnnexB;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.rendition.OpusListener;

/** Films of codecs that no viewer takes: each picture comes, in its colours, and the sound at its time. */
class OtherCodecsTest {
    private static final int BARS = 8;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @TempDir
    Path folder;

    private static Path film(String ending, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-f",
                "lavfi",
                "-i",
                "smptebars=size=320x240:rate=25:duration=2",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.5*sin(2*PI*(200*t+150*t*t)):s=48000:d=2"));
        for (String option : options) {
            arguments.addAll(List.of(option.split(" ")));
        }
        return GeneratedMedia.make("codec." + ending, arguments.toArray(String[]::new));
    }

    /** The mean colours of the seven bars of a picture, as RGB. */
    private int[][] bars(Path file, String... options) throws Exception {
        Path raw = folder.resolve("bars.rgb");
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-i",
                file.toString(),
                "-frames:v",
                "1",
                "-vf",
                "scale=320:240,format=rgb24",
                "-f",
                "rawvideo",
                raw.toString()));
        GeneratedMedia.run(command);
        byte[] rgb = Files.readAllBytes(raw);
        int[][] bars = new int[7][3];
        for (int bar = 0; bar < 7; bar++) {
            int x = (2 * bar + 1) * WIDTH / 14;
            for (int c = 0; c < 3; c++) {
                bars[bar][c] = rgb[(HEIGHT / 3 * WIDTH + x) * 3 + c] & 0xff;
            }
        }
        return bars;
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, libx265 -x265-params log-level=none -tag:v hvc1",
        "mp4, libx265 -x265-params log-level=none -tag:v hev1 -pix_fmt yuv420p10le",
        "mp4, libaom-av1 -cpu-used 8 -usage realtime",
        "mp4, libvpx-vp9 -deadline realtime -cpu-used 8",
        "mp4, mpeg4 -bf 2 -q:v 2",
        "mp4, mpeg2video -bf 2 -q:v 2",
        "mp4, mjpeg -q:v 2 -pix_fmt yuvj420p",
        "mov, mjpeg -q:v 2 -pix_fmt yuvj422p",
        "mov, prores_ks -profile:v 2",
        "mov, png",
        "3gp, h263 -s 352x288"
    })
    void eachPictureComes_inItsColours(String ending, String codec) throws Exception {
        Path file = film(ending, "-an -c:v " + codec);
        try (Film film = Film.open(file)) {
            assertEquals("H264", film.video().format().codec().label());
            assertTrue(film.renditions().originals().video().isEmpty(), "nobody is offered what nobody takes");
            List<Frame> frames;
            try (FrameReader reader = film.video().reader()) {
                frames = AnnexB.frames(reader, 1000);
            }
            assertEquals(50, frames.size());
            long lastUs = -1;
            for (Frame frame : frames) {
                assertTrue(frame.presentationTimeUs() > lastUs);
                lastUs = frame.presentationTimeUs();
            }
            Path made = folder.resolve("made.h264");
            AnnexB.write(made, frames);
            int[][] expected = bars(file);
            int[][] shown = bars(made, "-f", "h264");
            for (int bar = 0; bar < 7; bar++) {
                for (int c = 0; c < 3; c++) {
                    assertEquals(expected[bar][c], shown[bar][c], BARS, "bar " + bar);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, libmp3lame, 2",
        "mp4, ac3, 6",
        "mp4, eac3, 2",
        "mp4, flac -strict -2, 2",
        "mp4, alac, 2",
        "m4a, alac, 1",
        "mp4, libvorbis, 2",
        "mp4, libopus -mapping_family 1, 6",
        "mov, pcm_s16le, 2",
        "mov, pcm_s16be, 1",
        "mov, pcm_s24le, 2",
        "mov, pcm_s24be, 2",
        "mov, pcm_s32le, 2",
        "mov, pcm_f32le, 2",
        "mov, pcm_f64be, 2",
        "mov, pcm_u8, 2",
        "mov, pcm_s8, 2",
        "mov, pcm_mulaw -ar 8000, 1",
        "mov, pcm_s16le -ar 192000, 8"
    })
    void soundComes_atItsTime(String ending, String codec, int channels) throws Exception {
        Path file = film(ending, "-vn -c:a " + codec + " -ac " + channels);
        try (Film film = Film.open(file)) {
            int heardChannels = film.audio().format().channels();
            assertEquals(Math.min(2, channels), heardChannels);
            float[] heard;
            try (FrameReader reader = film.audio().reader()) {
                heard = OpusListener.hear(reader, heardChannels, 1000);
            }
            float[] expected = GeneratedMedia.reference(file, heardChannels);
            assertEquals(expected.length, heard.length, 48_000 / 10.0 * heardChannels);
            assertTrue(
                    likeness(expected, heard, heardChannels) > 0.97,
                    "correlates with what ffmpeg hears by " + likeness(expected, heard, heardChannels));
        }
    }

    /** How far one channel of both goes up and down together, a second of it. */
    private static double likeness(float[] expected, float[] heard, int channels) {
        double both = 0;
        double one = 1e-9;
        double other = 1e-9;
        for (int i = 24_000; i < 72_000; i++) {
            double a = expected[i * channels];
            double b = heard[i * channels];
            both += a * b;
            one += a * a;
            other += b * b;
        }
        return both / Math.sqrt(one * other);
    }

    /** A picture of more pixels than can be decoded, and a decoder that meets them behind a header that says less. */
    @Test
    void picturesLargerThanTheFileSays_areNotDecoded() throws Exception {
        Path small = film("mov", "-an -c:v mjpeg -q:v 2 -pix_fmt yuvj420p");
        byte[] bytes = Files.readAllBytes(small);
        for (int at = 0; at + 8 < bytes.length; at++) {
            // SOF0 (ITU-T T.81 B.2.2): length, precision, height, width
            if ((bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xff) == 0xc0) {
                ByteBuffer.wrap(bytes).putInt(at + 5, 0xffff_ffff);
            }
        }
        try (Film film = Film.open(Files.write(folder.resolve("bomb.mov"), bytes));
                FrameReader reader = film.video().reader()) {
            assertEquals(null, reader.next());
        }
    }

    /**
     * What a header claims beyond what is decoded refuses the film, with a sentence.
     *
     * @param at    where the number is, behind the sample entry's four-character code (ISO 14496-12 section 12)
     * @param value -1 = this and the next number are all ones
     */
    @ParameterizedTest
    @CsvSource({
        "sowt, 16, 255, PCM in 255 channels",
        "sowt, 16, 0, PCM in 0 channels",
        "sowt, 24, 1, PCM of 1 Hz",
        "hvc1, 24, -1, HEVC of 65535x65535 pixels",
        "hvc1, 26, 0, HEVC of 320x0 pixels"
    })
    void numbersThatNobodyDecodes_areToldOfTheTrack(String entry, int at, int value, String what) throws Exception {
        Path file = entry.equals("sowt")
                ? film("mov", "-vn -c:a pcm_s16le -ac 2")
                : film("mp4", "-an -c:v libx265 -x265-params log-level=none -tag:v hvc1");
        byte[] bytes = Files.readAllBytes(file);
        int code = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(entry);
        ByteBuffer.wrap(bytes).putShort(code + 4 + at, (short) value);
        if (value < 0) {
            ByteBuffer.wrap(bytes).putShort(code + 4 + at + 2, (short) value);
        }
        Path changed = Files.write(folder.resolve("changed.mp4"), bytes);
        Refusal refusal = assertThrows(Refusal.class, () -> Film.open(changed));
        assertEquals(StatusText.FILE_HAS_WRONG_FORMAT, refusal.status());
        assertTrue(refusal.getMessage().contains(what), refusal.getMessage());
    }
}
