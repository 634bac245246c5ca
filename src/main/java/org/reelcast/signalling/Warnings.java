package org.reelcast.signalling;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** What the log is told of one client's faults: one a second, and how many there were beside it. */
final class Warnings {
    private static final long INTERVAL_MS = 1_000;

    private final Logger log;
    private final LongSupplier nowMs;
    private long quietUntilMs = Long.MIN_VALUE;
    private int leftOut;

    /** @param nowMs a monotonic clock */
    Warnings(Logger log, LongSupplier nowMs) {
        this.log = log;
        this.nowMs = nowMs;
    }

    void warn(Supplier<String> sentence) {
        int before;
        synchronized (this) {
            long now = nowMs.getAsLong();
            if (now < quietUntilMs) {
                leftOut++;
                return;
            }
            quietUntilMs = now + INTERVAL_MS;
            before = leftOut;
            leftOut = 0;
        }
        log.warning(() -> sentence.get() + (before == 0 ? "" : " (" + before + " such lines before it were left out)"));
    }
}
