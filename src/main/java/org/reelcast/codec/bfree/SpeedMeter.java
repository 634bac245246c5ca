package org.reelcast.codec.bfree;

import java.util.Locale;

/** Holds the film that an encoder makes against the time it works on it. For one thread at a time. */
final class SpeedMeter {
    private static final long WINDOW_NS = 1_000_000_000L;
    /** Pictures that do not count: until then it is starting up. */
    private static final int WARM_UP = 5;

    private int pictures;
    private long workedNs;
    private long fromUs;
    private double speed = 1;

    /**
     * @param madeUs how far the film is made
     * @return whether another second of work is full, so that {@link #keepsUp()} has news
     */
    boolean add(long ns, int made, long madeUs) {
        boolean warm = pictures >= WARM_UP;
        pictures += made;
        if (!warm) {
            fromUs = madeUs;
            return false;
        }
        workedNs += ns;
        if (workedNs < WINDOW_NS) {
            return false;
        }
        speed = (madeUs - fromUs) * 1000.0 / workedNs;
        workedNs = 0;
        fromUs = madeUs;
        return true;
    }

    /** Whether the last second of work made at least a second of film. */
    boolean keepsUp() {
        return speed >= 1;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f", speed);
    }
}
