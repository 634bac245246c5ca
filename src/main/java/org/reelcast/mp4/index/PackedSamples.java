package org.reelcast.mp4.index;

import java.util.Arrays;

/**
 * What is known of a track's samples, packed: two to four bytes a sample. A state that does not change; a film that
 * grows while it is read gets a new one.
 */
public final class PackedSamples {
    public static final int SIZE = 0;
    public static final int GAP = 1;
    public static final int DURATION = 2;
    public static final int DECODE_GAP = 3;
    public static final int OFFSET = 4;
    public static final int SYNC = 5;
    public static final int ENTRY = 6;
    public static final int COLUMNS = 7;

    private final Page[] pages;
    private final int[] starts;
    private final long[] positions;
    private final long[] decodes;
    private final SampleBlock tail;
    public final int count;
    /** The largest presentation time at which a sample ends. */
    public final long end;
    /** Where the sample that lies last in the file ends. */
    public final long dataEnd;
    /** The smallest presentation time minus decode time. */
    public final int minOffset;
    /** Whether a sample is shown before one that comes before it. */
    public final boolean reordered;
    /** Whether each sample is a sync sample. */
    public final boolean allSync;

    public PackedSamples(
            Page[] pages,
            int[] starts,
            long[] positions,
            long[] decodes,
            SampleBlock tail,
            long end,
            long dataEnd,
            int minOffset,
            boolean reordered,
            boolean allSync) {
        this.pages = pages;
        this.starts = starts;
        this.positions = positions;
        this.decodes = decodes;
        this.tail = tail;
        this.count = tail.first + tail.count;
        this.end = end;
        this.dataEnd = dataEnd;
        this.minOffset = minOffset;
        this.reordered = reordered;
        this.allSync = allSync;
    }

    /** Unpacks the block that holds sample {@code index}. */
    public SampleBlock block(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("Sample " + index + " of " + count);
        }
        if (index >= tail.first) {
            return tail;
        }
        int number = index / SampleBlock.SIZE;
        SampleBlock block = new SampleBlock(number * SampleBlock.SIZE, SampleBlock.SIZE);
        RiceReader reader = new RiceReader(
                pages[RiceWriter.page(starts[number])].words(), RiceWriter.word(starts[number]), COLUMNS);
        long[] column = new long[SampleBlock.SIZE];
        reader.read(SIZE, column, block.count);
        for (int i = 0; i < block.count; i++) {
            block.size[i] = (int) column[i];
        }
        reader.read(GAP, column, block.count);
        long position = positions[number];
        for (int i = 0; i < block.count; i++) {
            position += i > 0 ? column[i] : 0;
            block.position[i] = position;
            position += block.size[i];
        }
        reader.read(DURATION, column, block.count);
        for (int i = 0; i < block.count; i++) {
            block.duration[i] = (int) column[i];
        }
        reader.read(DECODE_GAP, column, block.count);
        long decode = decodes[number];
        for (int i = 0; i < block.count; i++) {
            decode += i > 0 ? column[i] : 0;
            block.decode[i] = decode;
            decode += block.duration[i];
        }
        reader.read(OFFSET, column, block.count);
        for (int i = 0; i < block.count; i++) {
            block.offset[i] = (int) column[i];
        }
        reader.read(SYNC, column, block.count);
        for (int i = 0; i < block.count; i++) {
            block.sync[i] = column[i] != 0;
        }
        reader.read(ENTRY, column, block.count);
        for (int i = 0; i < block.count; i++) {
            block.entry[i] = (int) column[i];
        }
        return block;
    }

    /** The last sample whose decode time is at or before {@code decode}; -1 when there is none. */
    public int atOrBefore(long decode) {
        int low = 0;
        int high = tail.first / SampleBlock.SIZE;
        // the block before the first whose first sample comes later
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (decodes[middle] <= decode) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        SampleBlock block = tail;
        if (low < tail.first / SampleBlock.SIZE || tail.count == 0 || tail.decode[0] > decode) {
            if (low == 0) {
                return -1;
            }
            block = block((low - 1) * SampleBlock.SIZE);
        }
        int found = -1;
        for (int i = 0; i < block.count && block.decode[i] <= decode; i++) {
            found = block.first + i;
        }
        return found;
    }

    /** Bytes of heap that the arrays take; pages that a store may have in the heap for a while do not count. */
    public long bytes() {
        return Arrays.stream(pages).mapToLong(Page::heapBytes).sum()
                + 4L * starts.length
                + 8L * positions.length
                + 8L * decodes.length
                + 37L * tail.count;
    }
}
