package org.reelcast.rendition.reencode;

/**
 * Tells by how much a reader's pictures come too late: what it waited for them beyond what they last. A reader that
 * takes its time waits for nothing, and one that was late catches up by waiting less. For one thread at a time.
 */
final class Pace {
    /** So much play-out may stand still, in all, before something has to happen. */
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
