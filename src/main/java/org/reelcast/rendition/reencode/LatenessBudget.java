package org.reelcast.rendition.reencode;

/**
 * The lateness that a reader's pictures may add up to before it has to go over to something else: the time it waited
 * for them beyond the time that they are shown for. A reader that takes its time waits for nothing, and one that was
 * late catches up by waiting less. For one thread at a time.
 */
final class LatenessBudget {
    /** The sum of all standstills of the play-out that viewers bear. */
    private static final long MOST_US = 1_500_000;

    private long lateUs;
    private long lastUs = Long.MIN_VALUE;

    void reset() {
        lateUs = 0;
        lastUs = Long.MIN_VALUE;
    }

    /**
     * @param waitedUs how long a picture was waited for
     * @param timeUs   the picture's place in the film
     * @return whether pictures come so late that there is no point in going on
     */
    boolean isLost(long waitedUs, long timeUs) {
        if (lastUs != Long.MIN_VALUE) {
            lateUs = Math.max(0, lateUs + waitedUs - (timeUs - lastUs));
        }
        lastUs = timeUs;
        return lateUs > MOST_US;
    }
}
