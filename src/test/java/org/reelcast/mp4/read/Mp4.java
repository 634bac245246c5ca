package org.reelcast.mp4.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Boxes and their fields as bytes, for building files in tests. */
final class Mp4 {

    private Mp4() {}

    static byte[] box(String type, byte[]... parts) {
        byte[] payload = join(parts);
        return join(u32(8 + payload.length), text(type), payload);
    }

    static byte[] full(String type, int version, int flags, byte[]... parts) {
        return box(type, u32((long) version << 24 | flags), join(parts));
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }

    static byte[] u8(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] u16(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    static byte[] u32(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (long value : values) {
            bytes.putInt((int) value);
        }
        return bytes.array();
    }

    static byte[] u64(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] zeros(int count) {
        return new byte[count];
    }

    /** A table box: version and flags, number of entries, entries. */
    static byte[] table(String type, long[][] entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long[] entry : entries) {
            bytes.writeBytes(u32(entry));
        }
        return full(type, 0, 0, u32(entries.length), bytes.toByteArray());
    }

    static final byte[] SPS = u8(0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0xc8);
    static final byte[] PPS = u8(0x68, 0xce, 0x3c, 0x80);
    /** AAC-LC, 48 kHz, stereo. */
    static final byte[] AAC_LC = u8(0x11, 0x90);

    static byte[] avcC(int nalLengthSize) {
        return box(
                "avcC",
                u8(1, 0x42, 0xc0, 0x1e, 0xfc | nalLengthSize - 1, 0xe1),
                u16(SPS.length),
                SPS,
                u8(1),
                u16(PPS.length),
                PPS);
    }

    static byte[] visual(String format, int width, int height, byte[]... children) {
        return box(
                format,
                zeros(6),
                u16(1),
                zeros(16),
                u16(width, height),
                u32(0x480000, 0x480000, 0),
                u16(1),
                zeros(32),
                u16(24, 0xffff),
                join(children));
    }

    static byte[] avc1(int width, int height) {
        return visual("avc1", width, height, avcC(4));
    }

    static byte[] esds(int objectType, byte[] config) {
        byte[] info = config.length == 0 ? new byte[0] : join(u8(5, config.length), config);
        byte[] decoder = join(u8(4, 13 + info.length, objectType, 0x15), zeros(11), info);
        return full("esds", 0, 0, u8(3, 3 + decoder.length + 3), u16(1), u8(0), decoder, u8(6, 1, 2));
    }

    static byte[] sound(String format, int channels, int rate, byte[]... children) {
        return box(
                format,
                zeros(6),
                u16(1),
                zeros(8),
                u16(channels, 16),
                zeros(4),
                u32((long) rate << 16),
                join(children));
    }

    static byte[] dOps(int channels, int mappingFamily) {
        return box("dOps", u8(0, channels), u16(312), u32(48_000), u16(0), u8(mappingFamily));
    }

    static byte[] mp4a() {
        return sound("mp4a", 2, 48_000, esds(0x40, AAC_LC));
    }
}
