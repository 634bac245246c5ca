package org.reelcast.rendition.opus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.mp4.index.SampleTable;
import org.reelcast.mp4.read.Movie;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.LocalFile;

/**
 * HE-AAC frames for tests, since ffmpeg cannot encode them: mono AAC-LC at 22.05 kHz by ffmpeg, and in each frame,
 * before its end, a fill element with spectral band replication that doubles the rate (ISO 14496-3, 4.4.2.8), with or
 * without parametric stereo. The replicated band is one quiet, flat envelope.
 */
public final class HeAac {
    private static final String ID_FIL = "110";
    private static final String ID_END = "111";

    private HeAac() {}

    /** The AAC-LC film that the frames come from: a burst of noise at each full second. */
    static Path lowComplexity() {
        return GeneratedMedia.make(
                "lc.mp4",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=exprs='0.4*(2*random(0)-1)*lt(mod(t\\,1)\\,0.05)':d=4:s=22050",
                "-c:a",
                "aac",
                "-b:a",
                "48k");
    }

    static List<byte[]> frames(boolean parametricStereo) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (LocalFile file = LocalFile.open(lowComplexity())) {
            SampleTable samples = Movie.read(file).audio().orElseThrow().samples();
            for (int i = 0; i < samples.count(); i++) {
                byte[] frame = new byte[samples.size(i)];
                file.readFully(samples.position(i), frame, 0, frame.length);
                frames.add(withReplication(frame, parametricStereo));
            }
        }
        return frames;
    }

    /** An MP4 whose configuration says AAC-LC at 22.05 kHz: that it is more only the frames tell. */
    public static Path implicit(Path folder, boolean parametricStereo) throws IOException {
        ByteArrayOutputStream adts = new ByteArrayOutputStream();
        for (byte[] frame : frames(parametricStereo)) {
            int length = frame.length + 7;
            // syncword, MPEG-4, no CRC; AAC-LC, rate index 7, one channel; length; buffer fullness unknown
            long header = 0xFFF1L << 40 | 1L << 38 | 7L << 34 | 1L << 30 | (long) length << 13 | 0x7FFL << 2;
            for (int i = 6; i >= 0; i--) {
                adts.write((int) (header >> 8 * i));
            }
            adts.write(frame);
        }
        Path stream = folder.resolve("he.aac");
        Files.write(stream, adts.toByteArray());
        Path film = folder.resolve("he.mp4");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-hide_banner",
                "-loglevel",
                "error",
                "-y",
                "-f",
                "aac",
                "-i",
                stream.toString(),
                "-c",
                "copy",
                film.toString()));
        return film;
    }

    private static byte[] withReplication(byte[] frame, boolean parametricStereo) {
        StringBuilder bits = new StringBuilder();
        for (byte b : frame) {
            bits.append(Integer.toBinaryString(b & 0xff | 0x100).substring(1));
        }
        // the last bits that are set are ID_END; zeros behind it fill the byte
        int end = bits.lastIndexOf("1") + 1 - ID_END.length();
        if (!bits.substring(end, end + 3).equals(ID_END)) {
            throw new IllegalStateException("not the end of an AAC frame");
        }
        StringBuilder payload = new StringBuilder("1101") // EXT_SBR_DATA
                .append("1") // header follows
                .append("1") // bs_amp_res
                .append("0011")
                .append("1110")
                .append("000")
                .append("00") // start, stop, crossover, reserved
                .append("11") // both extras follow
                .append("00")
                .append("0")
                .append("00") // frequency scale, alter scale, no more than one noise band
                .append("10")
                .append("10")
                .append("1")
                .append("1") // limiter bands and gains, interpolation, smoothing
                .append("0") // bs_data_extra
                .append("00")
                .append("00")
                .append("1") // FIXFIX, one envelope, high resolution: 12 bands
                .append("0")
                .append("0") // coded along frequency
                .append("00") // no inverse filtering
                .append("0011110")
                .append("00".repeat(11)) // envelope: 30, then no change
                .append("01111") // noise floor
                .append("0"); // no sines added
        if (parametricStereo) {
            // two bytes of extension, id 2: header without intensities, coherence and extension, no envelope
            payload.append("1")
                    .append("0010")
                    .append("10")
                    .append("1000")
                    .append("0")
                    .append("00")
                    .append("0000000");
        } else {
            payload.append("0");
        }
        while (payload.length() % 8 != 0) {
            payload.append("0");
        }
        int bytes = payload.length() / 8;
        bits.setLength(end);
        bits.append(ID_FIL)
                .append(Integer.toBinaryString(bytes | 0x10).substring(1))
                .append(payload)
                .append(ID_END);
        while (bits.length() % 8 != 0) {
            bits.append("0");
        }
        byte[] out = new byte[bits.length() / 8];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return out;
    }
}
