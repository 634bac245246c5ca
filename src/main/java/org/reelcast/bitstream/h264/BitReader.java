package org.reelcast.bitstream.h264;

/**
 * Reads the bits of a NAL unit's payload, leaving out emulation prevention bytes (ITU-T H.264, 7.4.1). Past the end
 * every bit is 0 and {@link #overrun()} says so: no exceptions, whatever the bytes are.
 */
final class BitReader {
    private final byte[] array;
    private final int end;
    private int position;
    private int zeros;
    private int current;
    private int bitsLeft;
    private boolean overrun;

    BitReader(byte[] array, int offset, int length) {
        this.array = array;
        this.position = offset;
        this.end = offset + length;
    }

    int bit() {
        if (bitsLeft == 0 && !load()) {
            overrun = true;
            return 0;
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    private boolean load() {
        if (position < end && zeros >= 2 && array[position] == 3) {
            position++;
            zeros = 0;
        }
        if (position >= end) {
            return false;
        }
        current = array[position++] & 0xff;
        zeros = current == 0 ? zeros + 1 : 0;
        bitsLeft = 8;
        return true;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** u(n), at most 32 bits. */
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** ue(v) (9.1); values that do not fit an int read as overrun. */
    int ue() {
        int leading = 0;
        while (bit() == 0) {
            if (++leading > 30 || overrun) {
                overrun = true;
                return 0;
            }
        }
        return (1 << leading) - 1 + bits(leading);
    }

    /** se(v) (9.1.1). */
    int se() {
        int code = ue();
        return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
    }

    /** Whether more was asked for than there is. */
    boolean overrun() {
        return overrun;
    }
}
