package org.reelcast.codec.bfree;

/**
 * Tells a reader that mostly waits, and gets less film than time goes by, from one that takes its time: only the first
 * is behind. For one thread at a time.
 */
final class Pace {
    private static final long WINDOW_NS = 3_000_000_000L;

    private boolean running;
    private long windowNs;
    private long waitedNs;
    private long fromUs;

    void reset() {
        running = false;
    }

    /**
     * @param nowNs    when the picture came
     * @param waitedNs how long it was waited for
     * @param timeUs   the picture's place in the film
     * @return whether over the last three seconds film came more slowly than it is shown, for want of pictures
     */
    boolean falls(long nowNs, long waitedNs, long timeUs) {
        if (!running) {
            running = true;
            windowNs = nowNs;
            fromUs = timeUs;
            this.waitedNs = 0;
            return false;
        }
        this.waitedNs += waitedNs;
        long elapsedNs = nowNs - windowNs;
        if (elapsedNs < WINDOW_NS) {
            return false;
        }
        boolean falls = this.waitedNs > elapsedNs * 0.7 && (timeUs - fromUs) * 1000 < elapsedNs * 0.95;
        running = false;
        return falls;
    }
}
