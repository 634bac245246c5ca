package org.reelcast.rendition.encoders;

import org.reelcast.loop.AnyThread;

/**
 * The load of the encoders, which tells whether they fall behind: pictures that are wanted soon wait for a core again
 * and again, which in turn work at pictures that are wanted as soon. Waits of films that are well ahead do not count.
 */
@AnyThread
final class EncoderLoad {
    /** Of the four seconds that readers want made ahead of them, less than one is. */
    private static final long URGENT_SLACK_US = -3_000_000;
    /** Some steps of another film: one that is not urgent is over sooner. */
    private static final long LONG_WAIT_NS = 500_000_000;

    private static final long WINDOW_NS = 5_000_000_000L;
    private static final int MANY = 3;

    private int waits;
    private long firstNs;
    private long lastNs;
    private boolean saturated;

    /**
     * An encoder got its core.
     *
     * @param slackUs how far what is made is beyond what is wanted; negative for short of it
     */
    synchronized void waited(long slackUs, long waitNs, long nowNs) {
        if (slackUs > URGENT_SLACK_US || waitNs < LONG_WAIT_NS) {
            return;
        }
        if (waits == 0 || nowNs - firstNs > WINDOW_NS) {
            waits = 0;
            firstNs = nowNs;
        }
        waits++;
        lastNs = nowNs;
        saturated |= waits >= MANY;
    }

    /** A film's pictures came too late for its viewers. */
    synchronized void fellBehind(long nowNs) {
        lastNs = nowNs;
        saturated = true;
    }

    /** From the third long wait within five seconds until there was none for five seconds. */
    synchronized boolean isSaturated(long nowNs) {
        saturated &= nowNs - lastNs <= WINDOW_NS;
        return saturated;
    }
}
