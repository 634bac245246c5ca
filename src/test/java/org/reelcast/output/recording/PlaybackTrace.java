package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.mp4.write.Probe;
import org.reelcast.rendition.GeneratedMedia;

/** What somebody who plays a film sees and hears, and when. */
public final class PlaybackTrace {
    private PlaybackTrace() {}

    /** Seconds at which the picture turns from black to white. */
    static List<Double> flashes(Path film) throws IOException {
        return flashes(film, 100);
    }

    /** Seconds at which the picture becomes so bright. @param threshold of the mean luma, 0 to 255 */
    public static List<Double> flashes(Path film, int threshold) throws IOException {
        Path gray = GeneratedMedia.make(
                film.getFileName() + unique(film) + ".gray",
                "-i",
                film.toString(),
                "-an",
                "-vf",
                "scale=1:1",
                "-pix_fmt",
                "gray",
                "-fps_mode",
                "passthrough",
                "-f",
                "rawvideo");
        byte[] brightness = Files.readAllBytes(gray);
        List<Double> times = Probe.times(film, "v:0");
        List<Double> flashes = new ArrayList<>();
        for (int i = 1; i < brightness.length; i++) {
            if ((brightness[i - 1] & 0xff) < threshold && (brightness[i] & 0xff) >= threshold) {
                flashes.add(times.get(i));
            }
        }
        return flashes;
    }

    /** Seconds at which it is heard after silence. */
    public static List<Double> tones(Path film) throws IOException {
        Path raw = GeneratedMedia.make(
                film.getFileName() + unique(film) + ".s16",
                "-i",
                film.toString(),
                "-vn",
                "-af",
                "aresample=async=1:first_pts=0",
                "-ar",
                "48000",
                "-ac",
                "1",
                "-f",
                "s16le");
        var samples = java.nio.ByteBuffer.wrap(Files.readAllBytes(raw))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        List<Double> tones = new ArrayList<>();
        long quietSince = -48_000;
        for (int i = 0; i < samples.limit(); i++) {
            if (Math.abs(samples.get(i)) > 3000) {
                if (i - quietSince > 4800) {
                    tones.add(i / 48000.0);
                }
                quietSince = i;
            }
        }
        return tones;
    }

    private static String unique(Path film) throws IOException {
        return Long.toHexString(java.util.Arrays.hashCode(Files.readAllBytes(film)) & 0xffff_ffffL);
    }
}
