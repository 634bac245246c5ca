package org.reelcast.rendition.reencode;

import org.reelcast.loop.AnyThread;

/**
 * The exponential back-off between tries of what took too long: it counts as slow for a while, longer each time that it
 * is so again.
 */
@AnyThread
final class RetryBackoff {
    private static final long MAX_NS = 600_000_000_000L;

    private final long firstNs;
    private boolean slow;
    private long sinceNs;
    private long forNs;
    private String never;

    /** @param firstNs how long; twice as long each further time, up to 10 minutes, until it is quiet for as long */
    RetryBackoff(long firstNs) {
        this.firstNs = firstNs;
    }

    synchronized void again(long nowNs) {
        if (!is(nowNs)) {
            long quietNs = nowNs - sinceNs - forNs;
            forNs = forNs == 0 || quietNs > MAX_NS ? firstNs : Math.min(2 * forNs, MAX_NS);
        }
        slow = true;
        sinceNs = nowNs;
    }

    synchronized boolean is(long nowNs) {
        slow &= nowNs - sinceNs <= forNs;
        return slow || never != null;
    }

    /** It is not tried again, whatever the time. */
    synchronized void never(String why) {
        never = why;
    }

    /** Why it is not tried again; null when it is. */
    synchronized String never() {
        return never;
    }

    synchronized void forget() {
        slow = false;
        forNs = 0;
    }
}
