package org.reelcast.rendition.reencode;

import org.reelcast.mp4.SampleTable;

/**
 * The average frame rate of a film.
 *
 * @param frameUs how long one of them lasts
 */
record FrameRate(double frameUs) {
    private static final double ONLY_ONE_US = 1_000_000;
    private static final int MOST = 240;

    /** Of the pictures that the index tells of so far. */
    static FrameRate of(SampleTable samples) {
        int last = samples.count() - 1;
        return new FrameRate(last < 1 ? ONLY_ONE_US
                : Math.max(1.0, samples.decodeTimeUs(last) - samples.decodeTimeUs(0)) / last);
    }

    int perSecond() {
        return (int) Math.max(1, Math.min(MOST, Math.round(1_000_000 / frameUs)));
    }

    /** How many pictures there are in {@code us}. */
    double pictures(long us) {
        return us / frameUs;
    }
}
