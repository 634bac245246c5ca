package org.reelcast.bitstream.h264;

import org.reelcast.bitstream.BitReader;

/**
 * What a slice header says of the picture to which the slice belongs (ITU-T H.264, 7.3.3).
 *
 * @param idr         whether it is an IDR picture
 * @param reference   whether other pictures may refer to it
 * @param frameNumber frame_num
 * @param field       whether it is one field of a frame
 * @param bottom      whether that is the bottom field
 * @param orderCount  pic_order_cnt_lsb; 0 when slice headers have none
 */
public record PictureHeader(
        boolean idr, boolean reference, int frameNumber, boolean field, boolean bottom, int orderCount) {
    /** Longer than the part of a slice header that is read here. */
    private static final int HEADER_BYTES = 32;

    /**
     * @param sps in force
     * @return null when the unit is no slice or is cut short
     */
    public static PictureHeader parse(Sps sps, byte[] array, int offset, int length) {
        int type = NalType.of(array[offset]);
        if (type != NalType.SLICE && type != NalType.PARTITION_A && type != NalType.IDR) {
            return null;
        }
        boolean idr = type == NalType.IDR;
        BitReader bits = BitReader.ofNal(array, offset + 1, Math.min(length - 1, HEADER_BYTES));
        bits.ue();
        bits.ue();
        bits.ue();
        bits.bits(sps.colourPlanes() ? 2 : 0);
        int frameNumber = bits.bits(sps.frameNumBits());
        boolean field = sps.interlaced() && bits.flag();
        boolean bottom = field && bits.flag();
        if (idr) {
            bits.ue();
        }
        int orderCount = bits.bits(sps.orderCountBits());
        return bits.overrun()
                ? null
                : new PictureHeader(idr, (array[offset] & 0x60) != 0, frameNumber, field, bottom, orderCount);
    }

    /** Whether it is the second field of the frame whose first field {@code first} is (3.30 and 3.31). */
    public boolean isSecondFieldOf(PictureHeader first) {
        return field
                && first.field
                && bottom != first.bottom
                && frameNumber == first.frameNumber
                && !idr
                && reference == first.reference;
    }
}
