package org.reelcast.mp4.index;

import java.util.Arrays;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.refusal.Refusal;

/** Takes samples one by one in decode order and packs them. */
public final class SamplePacker {
    private final long maxTime;
    private final long[][] columns = new long[PackedSamples.COLUMNS][SampleBlock.SIZE];
    private final long[] position = new long[SampleBlock.SIZE];
    private final long[] decode = new long[SampleBlock.SIZE];
    private final RiceWriter writer;
    private int[] starts = new int[16];
    private long[] positions = new long[16];
    private long[] decodes = new long[16];
    private int blocks;
    private int pending;
    private long nextPosition;
    private long nextDecode;
    private long end = Long.MIN_VALUE;
    private long dataEnd;
    private int minOffset = Integer.MAX_VALUE;
    private boolean allSync = true;
    private long latest = Long.MIN_VALUE;
    private boolean reordered;
    private long lastDecode = -1;

    /**
     * @param maxTime the largest decode time allowed
     * @param store   where what was packed goes
     */
    public SamplePacker(long maxTime, PageStore store) {
        this.maxTime = maxTime;
        this.writer = new RiceWriter(store);
    }

    public int count() {
        return blocks * SampleBlock.SIZE + pending;
    }

    /** The decode time at which the sample after the last one would start. */
    public long nextDecode() {
        return nextDecode;
    }

    /** The last sample's decode time; -1 before the first. */
    public long lastDecode() {
        return lastDecode;
    }

    /**
     * @param offset presentation time minus decode time
     * @throws Refusal when a value is beyond {@link Limits}
     */
    public void add(long at, int size, long decodeTime, int duration, int offset, boolean sync, int entry)
            throws Refusal {
        if (size < 0 || size > Limits.SAMPLE_BYTES) {
            throw Refusals.broken("Sample " + count() + " claims " + (size & 0xffff_ffffL) + " bytes");
        }
        if (at < 0 || at > Limits.POSITION) {
            throw Refusals.broken("Sample " + count() + " claims to be at position " + at);
        }
        if (decodeTime < 0 || decodeTime > maxTime) {
            throw Refusals.broken("Sample " + count() + " claims the time " + decodeTime);
        }
        if (count() == Limits.SAMPLES) {
            throw Refusals.broken("A track claims more than " + Limits.SAMPLES + " samples");
        }
        int i = pending;
        columns[PackedSamples.SIZE][i] = size;
        columns[PackedSamples.GAP][i] = i == 0 ? 0 : at - nextPosition;
        columns[PackedSamples.DURATION][i] = duration;
        columns[PackedSamples.DECODE_GAP][i] = i == 0 ? 0 : decodeTime - nextDecode;
        columns[PackedSamples.OFFSET][i] = offset;
        columns[PackedSamples.SYNC][i] = sync ? 1 : 0;
        columns[PackedSamples.ENTRY][i] = entry;
        position[i] = at;
        decode[i] = decodeTime;
        nextPosition = at + size;
        nextDecode = decodeTime + duration;
        end = Math.max(end, nextDecode + offset);
        dataEnd = Math.max(dataEnd, nextPosition);
        minOffset = Math.min(minOffset, offset);
        allSync &= sync;
        reordered |= decodeTime + offset < latest;
        latest = Math.max(latest, decodeTime + offset);
        lastDecode = decodeTime;
        pending++;
        if (pending == SampleBlock.SIZE) {
            flush();
        }
    }

    private void flush() {
        if (blocks == starts.length) {
            int larger = blocks + blocks / 2;
            starts = Arrays.copyOf(starts, larger);
            positions = Arrays.copyOf(positions, larger);
            decodes = Arrays.copyOf(decodes, larger);
        }
        starts[blocks] = writer.write(columns, SampleBlock.SIZE);
        positions[blocks] = position[0];
        decodes[blocks] = decode[0];
        blocks++;
        pending = 0;
    }

    /** What was added so far; more may be added afterwards. Shares arrays with this packer. */
    public PackedSamples snapshot() {
        return new PackedSamples(
                writer.pages(), starts, positions, decodes, tail(), end, dataEnd, minOffset, reordered, allSync);
    }

    /** What was added, in arrays just as large as needed. */
    public PackedSamples finish() {
        return new PackedSamples(
                writer.trimmed(),
                Arrays.copyOf(starts, blocks),
                Arrays.copyOf(positions, blocks),
                Arrays.copyOf(decodes, blocks),
                tail(),
                end,
                dataEnd,
                minOffset,
                reordered,
                allSync);
    }

    private SampleBlock tail() {
        SampleBlock tail = new SampleBlock(blocks * SampleBlock.SIZE, pending);
        for (int i = 0; i < pending; i++) {
            tail.position[i] = position[i];
            tail.size[i] = (int) columns[PackedSamples.SIZE][i];
            tail.decode[i] = decode[i];
            tail.duration[i] = (int) columns[PackedSamples.DURATION][i];
            tail.offset[i] = (int) columns[PackedSamples.OFFSET][i];
            tail.sync[i] = columns[PackedSamples.SYNC][i] != 0;
            tail.entry[i] = (int) columns[PackedSamples.ENTRY][i];
        }
        return tail;
    }
}
