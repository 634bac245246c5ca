package org.reelcast.bench.load;

import java.util.Arrays;

/**
 * How late packets came: arrival less RTP time, counted in steps of 0.1 ms around the first packet's. The least of them
 * is taken for the unavoidable part.
 */
final class TransitTimes {
    /** Steps in a millisecond. */
    static final int STEPS_A_MS = 10;

    private static final int BEFORE = 100 * STEPS_A_MS;
    private static final int BINS = 500 * STEPS_A_MS;

    private int[] counts;
    private long originUs = Long.MIN_VALUE;

    void add(long arrivalUs, long rtpUs) {
        long transitUs = arrivalUs - rtpUs;
        if (originUs == Long.MIN_VALUE) {
            originUs = transitUs;
            counts = counts == null ? new int[BINS] : counts;
        }
        long bin = BEFORE + Math.floorDiv((transitUs - originUs) * STEPS_A_MS, 1000L);
        counts[(int) Math.max(0, Math.min(BINS - 1, bin))]++;
    }

    /** Adds how much later than this receiver's earliest its packets were, in steps, to the sum over all. */
    void addLateness(long[] sum) {
        int least = -1;
        for (int i = 0; originUs != Long.MIN_VALUE && i < BINS; i++) {
            least = least < 0 && counts[i] > 0 ? i : least;
            if (least >= 0) {
                sum[Math.min(sum.length - 1, i - least)] += counts[i];
            }
        }
    }

    void reset() {
        originUs = Long.MIN_VALUE;
        if (counts != null) {
            Arrays.fill(counts, 0);
        }
    }
}
