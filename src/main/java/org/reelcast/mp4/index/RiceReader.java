package org.reelcast.mp4.index;

/**
 * Unpacks one block of what {@link RiceWriter} wrote. No {@link org.reelcast.bitstream.BitReader}: each step of a
 * viewer
 * through a film unpacks 128 samples, and here a code is taken from a 64-bit word at once, not bit by bit.
 */
public final class RiceReader {
    private final long[] words;
    private final long descriptors;
    private final long[] mins;
    private final long[] steps;
    private int word;
    private int bit;

    public RiceReader(long[] words, int position, int columns) {
        this.words = words;
        mins = new long[columns];
        steps = new long[columns];
        descriptors = words[position];
        word = position + 1;
        for (int c = 0; c < columns; c++) {
            mins[c] = has(c, RiceWriter.HAS_MIN) ? words[word++] : 0;
            steps[c] = has(c, RiceWriter.HAS_STEP) ? words[word++] : 1;
        }
    }

    private boolean has(int column, int flag) {
        return (descriptors >>> column * RiceWriter.DESCRIPTOR_BITS & flag) != 0;
    }

    /** Unpacks the next column; they come in the order in which they were written. */
    public void read(int column, long[] target, int count) {
        int k = (int) (descriptors >>> column * RiceWriter.DESCRIPTOR_BITS) & RiceWriter.CONSTANT;
        long min = mins[column];
        long step = steps[column];
        for (int i = 0; i < count; i++) {
            target[i] = k == RiceWriter.CONSTANT ? min : min + step * value(k);
        }
    }

    private long value(int k) {
        int ones = Long.numberOfLeadingZeros(~peek());
        if (ones >= RiceWriter.ESCAPE) {
            skip(RiceWriter.ESCAPE);
            long plain = peek();
            skip(64);
            return plain;
        }
        skip(ones + 1);
        if (k == 0) {
            return ones;
        }
        long low = peek() >>> 64 - k;
        skip(k);
        return (long) ones << k | low;
    }

    private long peek() {
        return bit == 0 ? words[word] : words[word] << bit | words[word + 1] >>> 64 - bit;
    }

    private void skip(int count) {
        bit += count;
        word += bit >>> 6;
        bit &= 63;
    }
}
