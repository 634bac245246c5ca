package org.reelcast.bitstream;

import java.io.ByteArrayOutputStream;

/** A writer of single bits, most significant first, and of Exp-Golomb codes (ITU-T H.264, 9.1). */
public final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int count;

    /** u(n), at most 32 bits. */
    public BitWriter bits(int value, int width) {
        for (int i = width - 1; i >= 0; i--) {
            current = current << 1 | value >> i & 1;
            if (++count == 8) {
                out.write(current);
                current = 0;
                count = 0;
            }
        }
        return this;
    }

    public BitWriter flag(boolean value) {
        return bits(value ? 1 : 0, 1);
    }

    /** ue(v). */
    public BitWriter ue(int value) {
        int width = 32 - Integer.numberOfLeadingZeros(value + 1);
        return bits(0, width - 1).bits(value + 1, width);
    }

    /** se(v). */
    public BitWriter se(int value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    /** What was written, filled up with zeros to whole bytes. */
    public byte[] toBytes() {
        if (count > 0) {
            bits(0, 8 - count);
        }
        return out.toByteArray();
    }

    /**
     * What was written as the payload of a NAL unit: with its trailing bits, and emulation prevention bytes (ITU-T
     * H.264, 7.3.2.11 and 7.4.1).
     *
     * @param header the unit's first byte
     */
    public byte[] toNal(int header) {
        bits(1, 1);
        byte[] payload = toBytes();
        ByteArrayOutputStream nal = new ByteArrayOutputStream();
        nal.write(header);
        int zeros = 0;
        for (byte each : payload) {
            if (zeros >= 2 && (each & 0xff) <= 3) {
                nal.write(3);
                zeros = 0;
            }
            nal.write(each);
            zeros = each == 0 ? zeros + 1 : 0;
        }
        return nal.toByteArray();
    }
}
