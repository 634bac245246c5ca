package org.reelcast.live.encode;

/**
 * Whether pictures come at the rate for which an encoder was opened: it spends its bits by that rate. For one thread at a
 * time.
 */
final class FrameRateGauge {
    private static final long WINDOW_US = 2_000_000;
    private static final long SECOND_US = 1_000_000;
    /** What is off by less is left: another encoder costs a key frame. */
    private static final double TOLERANCE = 0.12;
    /** Pictures that are further apart than this are no sign of a rate: the source stood still. */
    private static final long GAP_US = 1_000_000;

    private long startUs = Long.MIN_VALUE;
    private long lastUs;
    private int pictures;
    /** Of the window before, where that was another one than expected; 0 otherwise. */
    private double suspected;

    private int framesPerSecond;

    FrameRateGauge(int framesPerSecond) {
        this.framesPerSecond = framesPerSecond;
    }

    /** Takes the time of a picture. @return whether they come at another {@link #framesPerSecond} from now on */
    boolean takes(long timeUs) {
        if (startUs == Long.MIN_VALUE || timeUs - lastUs > GAP_US) {
            begin(timeUs);
            return false;
        }
        pictures++;
        lastUs = timeUs;
        if (timeUs - startUs < WINDOW_US) {
            return false;
        }
        double measured = (double) pictures * SECOND_US / (timeUs - startUs);
        begin(timeUs);
        if (isNear(measured, framesPerSecond)) {
            suspected = 0;
            return false;
        }
        // once may be a machine that was busy
        boolean confirmed = suspected > 0 && isNear(measured, suspected);
        suspected = measured;
        int rounded = (int) Math.max(1, Math.round(measured));
        if (!confirmed || rounded == framesPerSecond) {
            return false;
        }
        framesPerSecond = rounded;
        suspected = 0;
        return true;
    }

    private static boolean isNear(double measured, double expected) {
        return Math.abs(measured - expected) <= TOLERANCE * expected;
    }

    private void begin(long timeUs) {
        startUs = timeUs;
        lastUs = timeUs;
        pictures = 0;
    }

    /** The rate to be encoded for. */
    int framesPerSecond() {
        return framesPerSecond;
    }
}
