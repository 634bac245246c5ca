package org.reelcast.rendition.reencode;

/**
 * The sample at which decoding starts, and whether it is a random access point. A sample that the file calls a key
 * frame may be none, or one from which it takes a while until the picture is whole (a recovery point, ISO 14496-10
 * section D.2.8): the decoder gives no picture out before that. Pictures that are missing at the start of a segment
 * because of that are there when decoding starts earlier; pictures that are missing although the decoder was at work
 * before the segment are broken and stay missing. One instance stands for one attempt.
 */
final class RandomAccessPoint {
    /** More than any decoder holds back to put pictures in order. */
    private static final int MOST_HELD_BACK = 48;

    private final int sample;
    private final long startUs;
    private final long endUs;
    private long firstUs = Long.MIN_VALUE;
    private long expectedUs = Long.MAX_VALUE;
    private int fedSince;
    private boolean settled;
    private boolean onTime;

    /**
     * @param sample  where decoding begins; at 0 nothing is earlier
     * @param startUs of the segment that is wanted first
     * @param endUs   of the film
     */
    RandomAccessPoint(int sample, long startUs, long endUs) {
        this.sample = sample;
        this.startUs = startUs;
        this.endUs = endUs;
        this.settled = sample == 0;
    }

    int sample() {
        return sample;
    }

    /** The decoder was given a picture that is shown at {@code shownUs}, -1 for never. */
    void fed(long shownUs) {
        if (settled) {
            return;
        }
        firstUs = firstUs == Long.MIN_VALUE ? shownUs : firstUs;
        if (shownUs >= startUs && shownUs < endUs) {
            expectedUs = Math.min(expectedUs, shownUs);
        }
        fedSince += expectedUs == Long.MAX_VALUE ? 0 : 1;
    }

    /** The decoder gave out the picture that was fed with {@code shownUs}. @return whether it is the one due */
    boolean came(long shownUs) {
        if (!settled && shownUs >= startUs) {
            onTime = shownUs <= expectedUs;
            settled = onTime;
        } else if (!settled) {
            // it is at work before the segment: what is missing from here on is not for want of an earlier start
            settled = true;
            onTime = true;
        }
        return settled;
    }

    /** The same when pictures come with the times of others, in the order of decoding: the first one must be there. */
    boolean cameUnordered(long fedUs) {
        onTime |= !settled && fedUs == firstUs;
        settled |= onTime;
        return settled;
    }

    /** Whether so much was fed without a picture that none will come in time. */
    boolean isOverdue() {
        return !settled && fedSince > MOST_HELD_BACK;
    }

    /** Whether all was fed and a picture of the segment never came. */
    boolean isMissing() {
        return !settled && expectedUs != Long.MAX_VALUE;
    }

    /** Whether decoding could begin here, as far as can be told so far. */
    boolean isGood() {
        return onTime;
    }
}
