package org.reelcast.mp4;

/** Up to {@link #SIZE} neighbouring samples, unpacked. Not changed once it is handed out. */
final class SampleBlock {
    /** Samples in a block: so many are unpacked to look at one. */
    static final int SIZE = 128;

    final int first;
    final int count;
    final long[] position;
    final int[] size;
    /** Decode times in units of the track's time scale. */
    final long[] decode;
    final int[] duration;
    /** Presentation time minus decode time. */
    final int[] offset;
    final int[] entry;
    final boolean[] sync;

    SampleBlock(int first, int count) {
        this.first = first;
        this.count = count;
        position = new long[count];
        size = new int[count];
        decode = new long[count];
        duration = new int[count];
        offset = new int[count];
        entry = new int[count];
        sync = new boolean[count];
    }

    boolean holds(int index) {
        return index >= first && index - first < count;
    }

    long presentation(int i) {
        return decode[i] + offset[i];
    }
}
