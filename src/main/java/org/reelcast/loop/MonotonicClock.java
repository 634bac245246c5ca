package org.reelcast.loop;

/** The one clock of all loops. */
public final class MonotonicClock {
    private static final long ZERO_NANOS = System.nanoTime();
    private static final long WALL_CLOCK_AT_ZERO_US = System.currentTimeMillis() * 1000;

    private MonotonicClock() {
    }

    /** Microseconds since the clock was first looked at; never negative. */
    public static long nowUs() {
        return (System.nanoTime() - ZERO_NANOS) / 1000;
    }

    /** Microseconds since 1970 when the clock showed 0. */
    public static long wallClockAtZeroUs() {
        return WALL_CLOCK_AT_ZERO_US;
    }
}
