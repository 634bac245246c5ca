package org.reelcast.mpegts;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.H264Format;
import org.reelcast.media.Slice;

/** Frames that nobody decodes, of any size, and what a transport stream should have of them. */
final class GeneratedFrames {
    static final byte[] SPS = {0x67, 66, 0, 30, (byte) 0xab, 1};
    static final byte[] PPS = {0x68, (byte) 0xce, 2};
    static final H264Format H264 = Format.video(Codec.H264, 640, 480, 0)
            .withConfig(
                    new DecoderConfig(AvcConfig.of(List.of(SPS), List.of(PPS)).toBytes()), false);
    /** AAC-LC, 48 kHz, stereo. */
    static final AacFormat AAC = aac(0x11, 0x90);

    private GeneratedFrames() {}

    static AacFormat aac(int... config) {
        byte[] bytes = new byte[config.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) config[i];
        }
        return new AacFormat(new DecoderConfig(bytes), 48_000, 2, 48_000, "und");
    }

    /** @param size bytes of its only NAL unit */
    static Frame picture(long decodeUs, long presentationUs, boolean key, int size) {
        return picture(H264, decodeUs, presentationUs, key, nal(key ? 0x65 : 0x41, size));
    }

    static Frame picture(H264Format format, long decodeUs, long presentationUs, boolean key, byte[]... nals) {
        return new Frame(
                format,
                decodeUs,
                presentationUs,
                key,
                Arrays.stream(nals).map(Slice::of).toArray(Slice[]::new));
    }

    static byte[] nal(int header, int size) {
        byte[] nal = new byte[size];
        new Random(size).nextBytes(nal);
        nal[0] = (byte) header;
        return nal;
    }

    static Frame sound(long timeUs, int size) {
        return sound(AAC, timeUs, size);
    }

    static Frame sound(AacFormat format, long timeUs, int size) {
        byte[] bytes = new byte[size + 2];
        new Random(size).nextBytes(bytes);
        return new Frame(format, timeUs, timeUs, true, new Slice(bytes, 1, size));
    }

    /** Pictures without reordering, 25 a second, the first a key frame of ten times the size. */
    static List<Frame> pictures(long fromUs, int count, int size) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long timeUs = fromUs + i * 40_000L;
            frames.add(picture(timeUs, timeUs, i == 0, i == 0 ? 10 * size : size));
        }
        return frames;
    }

    /** Sound at 48 kHz. */
    static List<Frame> sounds(long fromUs, int count, int size) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(sound(fromUs + i * 64_000L / 3, size));
        }
        return frames;
    }

    /** The delimiter and the units, each with a start code. */
    static byte[] annexB(byte[]... units) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 1, 9, (byte) 0xf0});
        for (byte[] unit : units) {
            bytes.writeBytes(new byte[] {0, 0, 0, 1});
            bytes.writeBytes(unit);
        }
        return bytes.toByteArray();
    }

    static byte[][] units(Frame frame) {
        byte[][] units = new byte[frame.slices()][];
        for (int i = 0; i < units.length; i++) {
            Slice slice = frame.slice(i);
            units[i] = Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length());
        }
        return units;
    }

    /** Access units with headers for AAC-LC, 48 kHz, stereo. */
    static byte[] adts(List<Frame> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            long header = 0xfff1L << 40 | 1L << 38 | 3L << 34 | 2L << 30 | (frame.size() + 7L) << 13 | 0x7ffL << 2;
            for (int i = 6; i >= 0; i--) {
                bytes.write((int) (header >> 8 * i));
            }
            bytes.writeBytes(units(frame)[0]);
        }
        return bytes.toByteArray();
    }

    static long ticks(long us) {
        return Math.round(us * 0.09);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
