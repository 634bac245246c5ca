package org.reelcast.mpegts;

/** Times as transport streams have them: 90 kHz, 33 bits once they are written (ISO/IEC 13818-1 section 2.4.3.7). */
final class Ticks {
    private static final int PER_MS = 90;
    private static final long MASK = (1L << 33) - 1;

    private Ticks() {}

    /** The tick nearest to a time in microseconds. */
    static long ofUs(long us) {
        return Math.floorDiv(us * PER_MS + 500, 1000);
    }

    static long ofMs(long ms) {
        return ms * PER_MS;
    }

    /** As much of it as is written. */
    static long wrapped(long ticks) {
        return ticks & MASK;
    }
}
