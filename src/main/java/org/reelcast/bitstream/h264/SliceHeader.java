package org.reelcast.bitstream.h264;

import org.reelcast.bitstream.BitReader;

/**
 * The start of a slice header (ITU-T H.264, 7.3.3).
 *
 * @param firstMacroblock address of the first macroblock; 0 starts a picture
 * @param sliceType       0 to 9: P, B, I, SP, SI, and the same for all slices of the picture
 * @param ppsId           the picture parameter set in use
 */
public record SliceHeader(int firstMacroblock, int sliceType, int ppsId) {
    private static final int B = 1;
    private static final int I = 2;
    private static final int SI = 4;
    private static final int MAX_TYPE = 9;
    /** Bytes that are more than the three codes take. */
    private static final int START = 16;

    /** @return null when the unit is no slice or is cut short */
    public static SliceHeader parse(byte[] array, int offset, int length) {
        if (length < 2 || !hasHeader(NalType.of(array[offset]))) {
            return null;
        }
        BitReader bits = payload(array, offset, length);
        SliceHeader header = new SliceHeader(bits.ue(), bits.ue(), bits.ue());
        return bits.overrun() || header.sliceType > MAX_TYPE || header.ppsId > 255 ? null : header;
    }

    public boolean isB() {
        return sliceType % 5 == B;
    }

    /** Whether the slice refers to no other picture. */
    public boolean isIntra() {
        return sliceType % 5 == I || sliceType % 5 == SI;
    }

    /** Whether a NAL unit is a B slice; reads no further than that. */
    public static boolean isB(byte[] array, int offset, int length) {
        if (length < 2 || !hasHeader(NalType.of(array[offset]))) {
            return false;
        }
        BitReader bits = payload(array, offset, length);
        bits.ue();
        int type = bits.ue();
        return !bits.overrun() && type <= MAX_TYPE && type % 5 == B;
    }

    private static BitReader payload(byte[] array, int offset, int length) {
        return BitReader.ofNal(array, offset + 1, Math.min(length - 1, START));
    }

    private static boolean hasHeader(int type) {
        return type == NalType.SLICE || type == NalType.PARTITION_A || type == NalType.IDR;
    }
}
