package org.reelcast.rtp.receive;

/** Counts on where numbers of 16 or 32 bits start again: each is taken to be the nearest to the highest so far. */
public final class Unwrapper {
    private final int shift;
    private long highest = -1;

    /** @param bits 16 for sequence numbers, 32 for timestamps */
    public Unwrapper(int bits) {
        this.shift = 64 - bits;
    }

    /** Never negative; the first result is one round above {@code value}, so that earlier ones have room. */
    public long unwrap(int value) {
        if (highest < 0) {
            highest = (1L << 64 - shift) + (value & -1L >>> shift);
            return highest;
        }
        long result = near(value);
        highest = Math.max(highest, result);
        return result;
    }

    /** As {@link #unwrap}, but nothing is learned from {@code value}, and there must have been a first. */
    public long near(int value) {
        return Math.max(0, highest + (value - highest << shift >> shift));
    }

    /** Whether there was a number since the start or the last {@link #reset}. */
    public boolean isStarted() {
        return highest >= 0;
    }

    /** Starts anew. */
    public void reset() {
        highest = -1;
    }
}
