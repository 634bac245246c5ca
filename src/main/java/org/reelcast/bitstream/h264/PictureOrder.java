package org.reelcast.bitstream.h264;

import org.reelcast.bitstream.BitReader;

/**
 * Follows the order in which pictures are shown (ITU-T H.264, 8.2.1), told by their slices alone. One reader, one
 * instance. Order count type 1, which hardly anybody writes, is not followed.
 */
public final class PictureOrder {
    /** Longer than the part of a slice header that is read here. */
    private static final int HEADER_BYTES = 32;

    private long previousHigh;
    private int previousLow;
    private long latest = Long.MIN_VALUE;

    /** What comes next does not follow on what came last. */
    public void reset() {
        previousHigh = 0;
        previousLow = 0;
        latest = Long.MIN_VALUE;
    }

    /**
     * Takes the first slice of the next picture in decode order.
     *
     * @param sps in force; null when that cannot be read
     * @return whether the picture is shown after all that came since the last IDR picture; false also when that is not
     *         known
     */
    public boolean isShownLast(Sps sps, byte[] array, int offset, int length) {
        if (sps == null || sps.pictureOrderCountType() == 1) {
            return false;
        }
        if (sps.pictureOrderCountType() == 2) {
            return true;
        }
        boolean idr = NalType.of(array[offset]) == NalType.IDR;
        BitReader bits = BitReader.ofNal(array, offset + 1, Math.min(length - 1, HEADER_BYTES));
        int low = orderCount(bits, sps, idr);
        if (bits.overrun()) {
            return false;
        }
        if (idr) {
            reset();
        }
        int range = 1 << sps.orderCountBits();
        long high = previousHigh;
        if (latest != Long.MIN_VALUE && low < previousLow && previousLow - low >= range / 2) {
            high += range;
        } else if (latest != Long.MIN_VALUE && low > previousLow && low - previousLow > range / 2) {
            high -= range;
        }
        if (latest == Long.MIN_VALUE || (array[offset] & 0x60) != 0) {
            previousHigh = high;
            previousLow = low;
        }
        boolean last = high + low > latest;
        latest = Math.max(latest, high + low);
        return last;
    }

    /** pic_order_cnt_lsb (7.3.3). */
    private static int orderCount(BitReader bits, Sps sps, boolean idr) {
        bits.ue();
        bits.ue();
        bits.ue();
        bits.bits(sps.colourPlanes() ? 2 : 0);
        bits.bits(sps.frameNumBits());
        if (sps.interlaced() && bits.flag()) {
            bits.bit();
        }
        if (idr) {
            bits.ue();
        }
        return bits.bits(sps.orderCountBits());
    }
}
