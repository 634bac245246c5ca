package org.reelcast.mp4.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reelcast.rendition.GeneratedMedia;

/** What ffmpeg and ffprobe say of a file. */
public final class Probe {
    /** So many characters tell one sample from another. */
    private static final Pattern HASH = Pattern.compile("SHA256:([0-9a-f]{10})");

    /** Time, flags, what is said beside them and may break the line, hash. */
    private static final Pattern PACKET = Pattern.compile("(-?[0-9.]+),([A-Z_]+),(?s:.*?)SHA256:([0-9a-f]{10})");

    private Probe() {}

    /** Fails when ffmpeg finds anything wrong in decoding all of it. */
    public static void decodesCleanly(Path file) throws IOException {
        // each frame at its own time: otherwise ffmpeg wants them as even as its output has them
        assertEquals(
                "",
                GeneratedMedia.run(List.of(
                                "ffmpeg",
                                "-v",
                                "error",
                                "-i",
                                file.toString(),
                                "-fps_mode",
                                "passthrough",
                                "-enc_time_base",
                                "-1",
                                "-f",
                                "null",
                                "-"))
                        .strip());
    }

    /** One value of a stream ({@code v:0}, {@code a:0}). */
    public static String stream(Path file, String stream, String entry) throws IOException {
        return GeneratedMedia.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        stream,
                        "-show_entries",
                        "stream" + (entry.startsWith("_") ? entry : "=" + entry),
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .strip();
    }

    /** Seconds. */
    public static double duration(Path file) throws IOException {
        return Double.parseDouble(GeneratedMedia.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "format=duration",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .strip());
    }

    /** Empty without one. */
    public static String title(Path file) throws IOException {
        return GeneratedMedia.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "format_tags=title",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .strip();
    }

    /** The loudest sample of the sound, in dB; 0 is full scale. */
    public static double loudest(Path file) throws IOException {
        String report = GeneratedMedia.run(List.of(
                "ffmpeg", "-hide_banner", "-i", file.toString(), "-vn", "-af", "volumedetect", "-f", "null", "-"));
        Matcher found = Pattern.compile("max_volume: (-?[0-9.]+) dB").matcher(report);
        assertTrue(found.find(), report);
        return Double.parseDouble(found.group(1));
    }

    /** Presentation times of a stream's packets in seconds, those not discarded, in order of presentation. */
    public static List<Double> times(Path file, String stream) throws IOException {
        List<Double> times = new ArrayList<>();
        for (String line : GeneratedMedia.run(List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        stream,
                        "-show_entries",
                        "packet=pts_time,flags",
                        "-of",
                        "csv=p=0",
                        file.toString()))
                .split("\n")) {
            String[] parts = line.strip().split(",");
            if (parts.length > 1 && !parts[1].contains("D")) {
                times.add(Double.parseDouble(parts[0]));
            }
        }
        times.sort(null);
        return times;
    }

    /** A hash of each sample of a stream, in the order of decoding, whatever the edit list says of it. */
    public static List<String> hashes(Path file, String stream) throws IOException {
        String packets = GeneratedMedia.run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-ignore_editlist",
                "1",
                "-select_streams",
                stream,
                "-show_packets",
                "-show_data_hash",
                "sha256",
                "-show_entries",
                "packet=data_hash",
                "-of",
                "csv=p=0",
                file.toString()));
        return HASH.matcher(packets).results().map(found -> found.group(1)).toList();
    }

    /**
     * A sample as a player gets it.
     *
     * @param seconds when it is shown or heard
     * @param flags   K for a key frame, D for one that the edit list hides
     * @param hash    as {@link #hashes} has it
     */
    public record Packet(double seconds, String flags, String hash) {

        public boolean isKey() {
            return flags.contains("K");
        }

        public boolean isHidden() {
            return flags.contains("D");
        }
    }

    /** The samples of a stream, in the order of decoding. */
    public static List<Packet> packets(Path file, String stream) throws IOException {
        String packets = GeneratedMedia.run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                stream,
                "-show_packets",
                "-show_data_hash",
                "sha256",
                "-show_entries",
                "packet=pts_time,flags,data_hash",
                "-of",
                "csv=p=0",
                file.toString()));
        return PACKET.matcher(packets)
                .results()
                .map(found -> new Packet(Double.parseDouble(found.group(1)), found.group(2), found.group(3)))
                .toList();
    }

    /** A checksum of each picture or piece of sound that a player gives out. */
    public static List<String> decoded(Path file, String stream) throws IOException {
        return GeneratedMedia.run(List.of(
                        "ffmpeg",
                        "-hide_banner",
                        "-v",
                        "fatal",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:" + stream,
                        "-fps_mode",
                        "passthrough",
                        "-f",
                        "framemd5",
                        "-"))
                .lines()
                .filter(line -> line.startsWith("0,"))
                .map(line -> line.substring(line.lastIndexOf(',') + 1).strip())
                .toList();
    }

    /** Types of the boxes at the top. */
    public static List<String> boxes(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<String> types = new ArrayList<>();
        for (long at = 0; at < bytes.capacity(); ) {
            long size = bytes.getInt((int) at) & 0xffff_ffffL;
            types.add(new String(bytes.array(), (int) at + 4, 4, StandardCharsets.US_ASCII));
            at += size == 1 ? bytes.getLong((int) at + 8) : size;
        }
        return types;
    }
}
