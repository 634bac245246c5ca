package org.reelcast.output.recording;

/** Units a second of a recorded track's times, and times in them. */
final class Timescale {
    /** Times come in microseconds: a finer scale only makes numbers longer. */
    private static final int FINEST = 1_000_000;

    private final int unitsPerSecond;

    /**
     * The source's own scale or the smallest multiple of it that is fine enough: times stay whole numbers.
     *
     * @param least fewer units a second are too coarse
     */
    Timescale(int ofSource, int least) {
        unitsPerSecond = ofSource >= FINEST ? FINEST : ofSource * ((least + ofSource - 1) / ofSource);
    }

    int unitsPerSecond() {
        return unitsPerSecond;
    }

    /** To the nearest. */
    long units(long us) {
        return Math.round(us * (unitsPerSecond / 1e6));
    }
}
