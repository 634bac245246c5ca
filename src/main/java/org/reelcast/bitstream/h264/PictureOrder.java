package org.reelcast.bitstream.h264;

/**
 * Follows the order in which pictures are shown (ITU-T H.264, 8.2.1), told by their slices alone. One reader, one
 * instance. Order count type 1, which hardly anybody writes, is not followed.
 */
public final class PictureOrder {
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
        PictureHeader header = PictureHeader.parse(sps, array, offset, length);
        if (header == null) {
            return false;
        }
        if (header.idr()) {
            reset();
        }
        int low = header.orderCount();
        int range = 1 << sps.orderCountBits();
        long high = previousHigh;
        if (latest != Long.MIN_VALUE && low < previousLow && previousLow - low >= range / 2) {
            high += range;
        } else if (latest != Long.MIN_VALUE && low > previousLow && low - previousLow > range / 2) {
            high -= range;
        }
        if (latest == Long.MIN_VALUE || header.reference()) {
            previousHigh = high;
            previousLow = low;
        }
        boolean last = high + low > latest;
        latest = Math.max(latest, high + low);
        return last;
    }
}
