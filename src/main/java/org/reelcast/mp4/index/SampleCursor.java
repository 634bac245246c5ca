package org.reelcast.mp4.index;

import java.io.IOException;

/**
 * Walks over a {@link SampleTable}: a few nanoseconds a sample forward, one block of samples unpacked for a jump. For
 * one thread. The getters tell of the sample that {@link #next()} or {@link #seek} went to.
 */
public final class SampleCursor {
    private final SampleTable table;
    private SampleBlock block;
    private int index = -1;
    private int at;

    public SampleCursor(SampleTable table) {
        this.table = table;
    }

    /**
     * Goes to the next sample.
     *
     * @return false when there is none; the cursor then stays where it is
     * @throws IOException when a fragmented movie breaks here
     */
    public boolean next() throws IOException {
        return seek(index + 1);
    }

    /**
     * Goes to sample {@code target}.
     *
     * @return false when there is none; the cursor then stays where it is
     * @throws IOException when a fragmented movie breaks on the way there
     */
    public boolean seek(int target) throws IOException {
        if (target < 0 || !table.has(target)) {
            return false;
        }
        if (block == null || !block.holds(target)) {
            block = table.unpack(target);
        }
        index = target;
        at = target - block.first;
        return true;
    }

    /**
     * Goes to the sample from which {@code timeUs} can be shown; see {@link SampleTable#syncAtOrBefore}.
     *
     * @return false when the track has no samples
     * @throws IOException when a fragmented movie breaks on the way there
     */
    public boolean seekSync(long timeUs) throws IOException {
        table.reach(timeUs);
        return seek(table.syncAtOrBefore(timeUs));
    }

    /** Index of the sample; -1 before the first. */
    public int index() {
        return index;
    }

    /** See {@link SampleTable#position}. */
    public long position() {
        return block.position[at];
    }

    /** See {@link SampleTable#size}. */
    public int size() {
        return block.size[at];
    }

    /** See {@link SampleTable#isAvailable}. */
    public boolean isAvailable() {
        return table.available(block, at);
    }

    /** See {@link SampleTable#decodeTimeUs}. */
    public long decodeTimeUs() {
        return table.decodeUs(block, at);
    }

    /** See {@link SampleTable#presentationTimeUs}. */
    public long presentationTimeUs() {
        return table.presentationUs(block, at);
    }

    /** See {@link SampleTable#durationUs}. */
    public long durationUs() {
        return Timeline.toUs(block.duration[at], table.timescale());
    }

    /** See {@link SampleTable#isSync}. */
    public boolean isSync() {
        return block.sync[at];
    }

    /** See {@link SampleTable#entry}. */
    public int entry() {
        return block.entry[at];
    }

    /** See {@link SampleTable#isCut}. */
    public boolean isCut() {
        return table.cut(block, at);
    }

    /** Whether the edit list shows neither this sample nor any that follows it. */
    public boolean isPastEnd() {
        return table.pastEnd(block, at);
    }

    /** When the edit starts that shows this sample, or the one that goes on behind it when {@link #isCut}. */
    public long editStartUs() {
        return table.editStartUs(block, at);
    }
}
