package org.reelcast.bitstream;

/**
 * A reader of single bits, most significant first, and of Exp-Golomb codes. Past the end every bit is 0 and
 * {@link #overrun()} says so: no exceptions, whatever the bytes are.
 */
public final class BitReader {
    private final byte[] array;
    private final int end;
    /** Whether emulation prevention bytes are left out. */
    private final boolean nal;

    private int position;
    private int zeros;
    private int current;
    private int bitsLeft;
    private boolean overrun;

    private BitReader(byte[] array, int offset, int length, boolean nal) {
        this.array = array;
        this.position = offset;
        this.end = offset + length;
        this.nal = nal;
    }

    /** A reader of the bytes as they are. */
    public static BitReader of(byte[] array) {
        return new BitReader(array, 0, array.length, false);
    }

    /**
     * A reader of a NAL unit's payload, which leaves out emulation prevention bytes (ITU-T H.264, 7.4.1).
     *
     * @param offset of the payload, behind the unit's header byte
     */
    public static BitReader ofNal(byte[] array, int offset, int length) {
        return new BitReader(array, offset, length, true);
    }

    /** u(1). */
    public int bit() {
        if (bitsLeft == 0 && !load()) {
            overrun = true;
            return 0;
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    private boolean load() {
        if (nal && zeros >= 2 && position < end && array[position] == 3) {
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

    public boolean flag() {
        return bit() == 1;
    }

    /** u(n), at most 32 bits. */
    public int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** ue(v) (ITU-T H.264, 9.1); values that do not fit an int read as overrun. */
    public int ue() {
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
    public int se() {
        int code = ue();
        return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
    }

    /** Whether more was asked for than there is. */
    public boolean overrun() {
        return overrun;
    }
}
