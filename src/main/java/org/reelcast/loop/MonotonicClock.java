package org.reelcast.loop;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one clock of all loops. */
public final class MonotonicClock {
    private static final long ZERO_NANOS = System.nanoTime();
    private static final long WALL_CLOCK_AT_ZERO_US = timeOfDayUs() - nowUs();

    private MonotonicClock() {}

    /** Microseconds since the clock was first looked at; never negative. */
    public static long nowUs() {
        return (System.nanoTime() - ZERO_NANOS) / 1000;
    }

    /** Microseconds since 1970 as the machine's other clock has it, which may be set at any time. */
    public static long timeOfDayUs() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Microseconds since 1970 when the clock showed 0, as of the server's start. */
    public static long wallClockAtZeroUs() {
        return WALL_CLOCK_AT_ZERO_US;
    }
}
