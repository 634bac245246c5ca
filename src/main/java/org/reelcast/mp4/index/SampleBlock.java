package org.reelcast.mp4.index;

/** Up to {@link #SIZE} neighbouring samples, unpacked. Not changed once it is handed out. */
public final class SampleBlock {
    /** Samples in a block: so many are unpacked to look at one. */
    public static final int SIZE = 128;

    public final int first;
    public final int count;
    public final long[] position;
    public final int[] size;
    /** Decode times in units of the track's time scale. */
    public final long[] decode;

    public final int[] duration;
    /** Presentation time minus decode time. */
    public final int[] offset;

    public final int[] entry;
    public final boolean[] sync;

    public SampleBlock(int first, int count) {
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

    public boolean holds(int index) {
        return index >= first && index - first < count;
    }

    public long presentation(int i) {
        return decode[i] + offset[i];
    }
}
