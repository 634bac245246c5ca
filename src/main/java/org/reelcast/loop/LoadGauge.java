package org.reelcast.loop;

/**
 * Tells from samples whether a thread is saturated: it works nearly all the time, or its timers come too late because
 * others have the cores. It takes two bad seconds to say so, since a single one may be a collection of garbage, and
 * three good ones, well below the limits, to take it back. Samples come from one thread, questions from any.
 */
final class LoadGauge {
    private static final long WINDOW_US = 1_000_000;
    /** A thread that gives no sample for so long is stuck. */
    private static final long STUCK_US = 2_000_000;

    private static final int BAD_WINDOWS = 2;
    private static final int GOOD_WINDOWS = 3;

    private final LoadLimits limits;
    private long startUs;
    private long startBusyNs;
    private long lateSumUs;
    private int samples;
    private int bad;
    private int good;
    private boolean begun;
    private volatile boolean saturated;
    private volatile int busyPercent;
    private volatile long lateUs;
    private volatile long dueUs = Long.MAX_VALUE;

    LoadGauge(LoadLimits limits) {
        this.limits = limits;
    }

    /**
     * @param lateBy by how much the sample comes too late
     * @param busyNs CPU time of the thread since its start
     * @param nextUs when the next sample is due
     */
    void sample(long lateBy, long busyNs, long nowUs, long nextUs) {
        dueUs = nextUs;
        if (!begun) {
            begun = true;
            begin(nowUs, busyNs);
            return;
        }
        lateSumUs += lateBy;
        samples++;
        long spanUs = nowUs - startUs;
        if (spanUs < WINDOW_US) {
            return;
        }
        busyPercent = (int) Math.min((busyNs - startBusyNs) / 10 / spanUs, 100);
        lateUs = lateSumUs / samples;
        judge();
        begin(nowUs, busyNs);
    }

    private void begin(long nowUs, long busyNs) {
        startUs = nowUs;
        startBusyNs = busyNs;
        lateSumUs = 0;
        samples = 0;
    }

    private void judge() {
        bad = busyPercent >= limits.busyPercent() || lateUs >= limits.lateUs() ? bad + 1 : 0;
        good = busyPercent * 10 < limits.busyPercent() * 9 && lateUs * 2 < limits.lateUs() ? good + 1 : 0;
        saturated = saturated ? good < GOOD_WINDOWS : bad >= BAD_WINDOWS;
    }

    boolean isSaturated(long nowUs) {
        return saturated || isStuck(nowUs);
    }

    private boolean isStuck(long nowUs) {
        long due = dueUs;
        return due != Long.MAX_VALUE && nowUs - due > STUCK_US;
    }

    /** For the log. */
    String describe(long nowUs) {
        return isStuck(nowUs) ? "stuck" : "busy " + busyPercent + " % of the time, " + lateUs / 1000 + " ms late";
    }
}
