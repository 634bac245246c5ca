package org.reelcast.loop;

import java.util.function.LongSupplier;
import java.util.logging.Logger;

/**
 * The time of day by the loops' monotonic clock: their difference, sampled every second and followed slowly, so that
 * what plays by the time of day never hurries. Sampling is for one thread at a time, all else for any.
 */
public final class WallClock {
    /** How often {@link #sample} is to be called, in ms. */
    public static final long SAMPLE_MS = 1_000;
    /** The difference follows by so much at most from one sample to the next. */
    static final long SLEW_US = 1_000;
    /** From here on the machine's clock was set, and is followed at once. */
    static final long STEP_US = 1_000_000;

    private static final Logger LOG = Logger.getLogger(WallClock.class.getName());

    private final LongSupplier timeOfDayUs;
    private final LongSupplier monotonicUs;
    private volatile Reading reading;

    /**
     * How the clocks differ.
     *
     * @param offsetUs time of day less monotonic time, in µs
     * @param steppedUs by how much the time of day was set since the server started, in sum
     */
    public record Reading(long offsetUs, long steppedUs) {}

    /**
     * @param timeOfDayUs microseconds since 1970
     * @param monotonicUs the clock of the loops
     */
    public WallClock(LongSupplier timeOfDayUs, LongSupplier monotonicUs) {
        this.timeOfDayUs = timeOfDayUs;
        this.monotonicUs = monotonicUs;
        reading = new Reading(measure(), 0);
    }

    /** The machine's. */
    public static WallClock ofMachine() {
        return new WallClock(MonotonicClock::timeOfDayUs, MonotonicClock::nowUs);
    }

    /** The difference as it is followed now. */
    public Reading reading() {
        return reading;
    }

    /** Microseconds since 1970. */
    public long nowUs() {
        return monotonicUs.getAsLong() + reading.offsetUs();
    }

    /** Looks at the clocks. */
    public void sample() {
        Reading last = reading;
        long awayUs = measure() - last.offsetUs();
        if (Math.abs(awayUs) > STEP_US) {
            LOG.warning(() -> "The machine's clock was set " + (awayUs > 0 ? "forward" : "back") + " by "
                    + Math.abs(awayUs) / 1000 + " ms; what plays by it goes on where it is");
            reading = new Reading(last.offsetUs() + awayUs, last.steppedUs() + awayUs);
        } else if (awayUs != 0) {
            reading = new Reading(last.offsetUs() + Math.max(-SLEW_US, Math.min(SLEW_US, awayUs)), last.steppedUs());
        }
    }

    /** Time of day less monotonic time; the latter is read before and after, as the thread may be put aside between. */
    private long measure() {
        long beforeUs = monotonicUs.getAsLong();
        long timeUs = timeOfDayUs.getAsLong();
        return timeUs - (beforeUs + monotonicUs.getAsLong()) / 2;
    }
}
