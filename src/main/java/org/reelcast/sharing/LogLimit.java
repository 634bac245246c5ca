package org.reelcast.sharing;

import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.reelcast.loop.AnyThread;

/** A bound on what somebody has written to the log: some lines at once, then one a second, and how many were left out. */
@AnyThread
public final class LogLimit {
    private static final long INTERVAL_MS = 1_000;

    private final BiConsumer<Level, Supplier<String>> log;
    private final long aheadMs;
    private final LongSupplier nowMs;
    /** The end of the lines that were written, if each had taken a second. */
    private long endMs;

    private int leftOut;

    /**
     * @param log    takes the lines
     * @param atOnce lines that may come at once
     * @param nowMs  a monotonic clock
     */
    public LogLimit(BiConsumer<Level, Supplier<String>> log, int atOnce, LongSupplier nowMs) {
        this.log = log;
        this.aheadMs = (atOnce - 1) * INTERVAL_MS;
        this.nowMs = nowMs;
        this.endMs = nowMs.getAsLong();
    }

    public void log(Level level, Supplier<String> sentence) {
        int before;
        synchronized (this) {
            long now = nowMs.getAsLong();
            if (now < endMs - aheadMs) {
                leftOut++;
                return;
            }
            endMs = Math.max(now, endMs) + INTERVAL_MS;
            before = leftOut;
            leftOut = 0;
        }
        log.accept(
                level,
                () -> sentence.get() + (before == 0 ? "" : " (" + before + " such lines before it were left out)"));
    }
}
