package org.reelcast.process.transcoder;

/**
 * Leaves out pictures that come faster than is wished: a grid of times, of which each takes the next picture. Pictures
 * are not repeated. For one thread at a time.
 */
final class FramePacer {
    private static final double SECOND_US = 1e6;
    /** Times of pictures are rounded by containers and clocks. */
    private static final double TOLERANCE_US = 2_000;

    private final double intervalUs;
    private double nextUs = Double.NEGATIVE_INFINITY;

    /** @param fps at most so many pictures a second; 0 for all */
    FramePacer(int fps) {
        intervalUs = fps == 0 ? 0 : SECOND_US / fps;
    }

    /** Whether the picture of that time is taken. */
    boolean takes(long timeUs) {
        if (timeUs < nextUs - TOLERANCE_US && timeUs > nextUs - 2 * intervalUs) {
            return false;
        }
        // after a gap, or a jump back, the grid starts anew
        boolean onGrid = Math.abs(timeUs - nextUs) < intervalUs;
        nextUs = (onGrid ? nextUs : timeUs) + intervalUs;
        return true;
    }
}
