package org.reelcast.bitstream.h264;

/**
 * The start of a slice header (ITU-T H.264, 7.3.3).
 *
 * @param firstMacroblock address of the first macroblock; 0 starts a picture
 * @param sliceType       0 to 9: P, B, I, SP, SI, and the same for all slices of the picture
 * @param ppsId           the picture parameter set in use
 */
public record SliceHeader(int firstMacroblock, int sliceType, int ppsId) {
    private static final int B = 1;

    /** @return null when the unit is no slice or is cut short */
    public static SliceHeader parse(byte[] array, int offset, int length) {
        if (length < 2 || !hasHeader(NalType.of(array[offset]))) {
            return null;
        }
        BitReader bits = new BitReader(array, offset + 1, Math.min(length - 1, 16));
        SliceHeader header = new SliceHeader(bits.ue(), bits.ue(), bits.ue());
        return bits.overrun() || header.sliceType > 9 || header.ppsId > 255 ? null : header;
    }

    public boolean isB() {
        return sliceType % 5 == B;
    }

    /** Whether a NAL unit is a B slice; reads the few bits that say so and makes nothing. */
    public static boolean isB(byte[] array, int offset, int length) {
        if (length < 2 || !hasHeader(NalType.of(array[offset]))) {
            return false;
        }
        int bit = skipUe(array, offset + 1, length - 1, 0);
        if (bit < 0 || bit >= (length - 1) * 8) {
            return false;
        }
        // slice_type: B is ue(v) 1 or 6, that is 010 or 00111
        int code = 0;
        for (int i = 0; i < 5; i++) {
            code = code << 1 | bitAt(array, offset + 1, length - 1, bit + i);
        }
        return code >> 2 == 0b010 || code == 0b00111;
    }

    private static boolean hasHeader(int type) {
        return type == NalType.SLICE || type == NalType.PARTITION_A || type == NalType.IDR;
    }

    /** The bit behind the ue(v) at {@code bit}; -1 when it does not end. Such short codes hold no emulation bytes. */
    private static int skipUe(byte[] array, int offset, int length, int bit) {
        int leading = 0;
        while (bitAt(array, offset, length, bit + leading) == 0) {
            if (++leading > 22 || bit + leading >= length * 8) {
                return -1;
            }
        }
        return bit + 2 * leading + 1;
    }

    private static int bitAt(byte[] array, int offset, int length, int bit) {
        int index = bit >> 3;
        return index < length ? array[offset + index] >> 7 - (bit & 7) & 1 : 0;
    }
}
