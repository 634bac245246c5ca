package org.reelcast.rendition.reencode;

import org.reelcast.mp4.index.SampleTable;

/**
 * The average frame rate of a film.
 *
 * @param frameUs how long one of them lasts
 */
record FrameRate(double frameUs) {
    private static final double ONLY_ONE_US = 1_000_000;
    /** Pictures a second that browsers show, and a little for jitter. */
    private static final double MOST_SHOWN = 60.5;

    /** Of the pictures that the index tells of so far. */
    static FrameRate of(SampleTable samples) {
        int last = samples.count() - 1;
        return new FrameRate(
                last < 1 ? ONLY_ONE_US : Math.max(1.0, samples.decodeTimeUs(last) - samples.decodeTimeUs(0)) / last);
    }

    /** Whether a film of so many pictures a second has more than browsers show. */
    static boolean isTooHigh(double perSecond) {
        return perSecond > MOST_SHOWN;
    }

    /** Of so many pictures of the film one is shown. */
    int thinning() {
        return (int) Math.max(1, Math.ceil(1_000_000 / frameUs / MOST_SHOWN));
    }

    /** Pictures a second that the film has. */
    double filmed() {
        return 1_000_000 / frameUs;
    }

    /** Pictures a second that are shown. */
    int perSecond() {
        return (int) Math.max(1, Math.round(1_000_000 / frameUs / thinning()));
    }

    /** How many pictures are shown in {@code us}. */
    double pictures(long us) {
        return us / (frameUs * thinning());
    }

    /** Whether a picture is one of those shown that comes so many of them after the last one. */
    boolean shows(double pictures) {
        return thinning() == 1 || pictures > 1 - 0.5 / thinning();
    }
}
