package org.reelcast.loop;

import java.util.function.LongSupplier;

/** Measures how much one media loop has to do, ten times a second on the loop itself. */
final class LoopLoad {
    private static final long SAMPLE_US = 100_000;

    private final MediaLoop loop;
    private final LongSupplier busyNs;
    private final LoadGauge gauge;
    private long dueUs;

    /** @param busyNs CPU time of the calling thread */
    LoopLoad(MediaLoop loop, LoadLimits limits, LongSupplier busyNs) {
        this.loop = loop;
        this.busyNs = busyNs;
        this.gauge = new LoadGauge(limits);
    }

    void start() {
        dueUs = loop.nowUs();
        loop.at(dueUs, this::sample);
    }

    private void sample() {
        long nowUs = loop.nowUs();
        long lateUs = nowUs - dueUs;
        dueUs = nowUs + SAMPLE_US;
        gauge.sample(lateUs, busyNs.getAsLong(), nowUs, dueUs);
        loop.at(dueUs, this::sample);
    }

    @AnyThread
    boolean isSaturated() {
        return gauge.isSaturated(loop.nowUs());
    }

    /** For the log. */
    @AnyThread
    String describe() {
        return gauge.describe(loop.nowUs());
    }
}
