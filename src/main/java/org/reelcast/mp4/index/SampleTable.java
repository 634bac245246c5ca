package org.reelcast.mp4.index;

import java.io.IOException;
import org.reelcast.mp4.read.Track;

/**
 * The samples of one track in decode order: where each lies in the file and when it is due. Packed to a few bytes a
 * sample, shared by all who play the film, safe for several threads.
 *
 * <p>Times are microseconds on the movie's presentation timeline, edit lists applied: the movie starts at 0, a track
 * that starts later has its first sample later. Samples that the edit list cuts away keep their place: those before
 * the start have negative times, and {@link #isCut} tells them. Video needs them for decoding, audio for the decoder's
 * priming. A sample that is cut in part is not flagged; its time is negative and its end is not.
 *
 * <p>To walk forward take a {@link #cursor()}. The methods by index unpack a block of 128 samples when the one asked
 * for last is another: fit for a seek, not for a walk by several threads.
 */
public final class SampleTable {
    private final long timescale;
    private final Timeline timeline;
    private final long fileSize;
    private final boolean hasSyncTable;
    private final Growth growth;
    private volatile PackedSamples packed;
    private volatile SampleBlock recent;

    /** Reads further samples of a fragmented movie. */
    public interface Growth {
        /**
         * Reads on until a table has grown.
         *
         * @return false when the file has no more
         */
        boolean more() throws IOException;

        /** Whether the file has no more. */
        boolean isComplete();

        /** Where the movie ends by its own account; 0 when it does not say. */
        long declaredUs();
    }

    /** @param growth null when {@code packed} is all there is */
    public SampleTable(
            long timescale,
            Timeline timeline,
            long fileSize,
            boolean hasSyncTable,
            PackedSamples packed,
            Growth growth) {
        this.timescale = timescale;
        this.timeline = timeline;
        this.fileSize = fileSize;
        this.hasSyncTable = hasSyncTable;
        this.packed = packed;
        this.growth = growth;
    }

    /** More samples became known. */
    public void grow(PackedSamples larger) {
        packed = larger;
    }

    /** Whether all samples are known; not so at first in a fragmented movie, which is read as it is played. */
    public boolean isComplete() {
        return growth == null || growth.isComplete();
    }

    /** Whether the track's end is known: by its last sample, or by what the movie says of its length. */
    public boolean isEndKnown() {
        return isComplete() || growth.declaredUs() > 0;
    }

    /** How many samples are known; all of them unless the movie is fragmented and not read to its end yet. */
    public int count() {
        return packed.count;
    }

    /**
     * Whether there is a sample {@code index}. In a fragmented movie this may read on in the file.
     *
     * @throws IOException when the file breaks on the way there
     */
    public boolean has(int index) throws IOException {
        while (index >= packed.count) {
            if (growth == null || !growth.more()) {
                return index < packed.count;
            }
        }
        return true;
    }

    /**
     * Reads on in a fragmented movie until samples beyond {@code timeUs} are known or the file ends; nothing to do in
     * others.
     *
     * @throws IOException when the file breaks on the way there
     */
    public void reach(long timeUs) throws IOException {
        while (growth != null && endUs() <= timeUs && growth.more()) {
            // once more
        }
    }

    /** The sample's first byte, from the start of the file. */
    public long position(int index) {
        SampleBlock block = block(index);
        return block.position[index - block.first];
    }

    /** Bytes of the sample; may be 0, and is never more than 64 MB. */
    public int size(int index) {
        SampleBlock block = block(index);
        return block.size[index - block.first];
    }

    /** Whether the file goes on to the end of the sample; not so in a file that was cut off. */
    public boolean isAvailable(int index) {
        SampleBlock block = block(index);
        return available(block, index - block.first);
    }

    /** Whether some samples known so far lie beyond the end of the file: it was cut off. */
    public boolean isTruncated() {
        return packed.dataEnd > fileSize;
    }

    /**
     * When decoding is due: the sample's decode time, moved as its presentation time is. Negative for what is cut away
     * at the start; where an edit leaves something out in the middle, times of cut samples step back.
     */
    public long decodeTimeUs(int index) {
        SampleBlock block = block(index);
        return decodeUs(block, index - block.first);
    }

    /** When the sample is shown or heard first. */
    public long presentationTimeUs(int index) {
        SampleBlock block = block(index);
        return presentationUs(block, index - block.first);
    }

    /** How long the sample lasts; 0 occurs. */
    public long durationUs(int index) {
        SampleBlock block = block(index);
        return Timeline.toUs(block.duration[index - block.first], timescale);
    }

    /**
     * Whether decoding can start here, as far as the file says it ({@code stss} or fragment flags). Without
     * {@link #hasSyncTable()} this is true throughout, and whoever knows the bitstream has to look at it.
     */
    public boolean isSync(int index) {
        SampleBlock block = block(index);
        return block.sync[index - block.first];
    }

    /**
     * Whether the file tells key frames from others. Samples of a file that does not are by the standard key frames
     * throughout, which is often untrue. Of a fragmented movie whose fragments call all samples known so far key frames
     * this is false too.
     */
    public boolean hasSyncTable() {
        return hasSyncTable || !packed.allSync;
    }

    /** Index of the sample's entry in {@link Track#entries()}. */
    public int entry(int index) {
        SampleBlock block = block(index);
        return block.entry[index - block.first];
    }

    /** Whether the edit list shows nothing of this sample. */
    public boolean isCut(int index) {
        SampleBlock block = block(index);
        return cut(block, index - block.first);
    }

    /** Whether presentation order differs from decode order somewhere in what is known: there are B-frames. */
    public boolean hasReordering() {
        return packed.reordered;
    }

    /** Bytes of heap that the table takes. */
    public long heapBytes() {
        return packed.bytes();
    }

    /**
     * The last sync sample that is shown at or before {@code timeUs}; the first sync sample when all are later, and 0
     * when there is none, among the samples that are known ({@link #reach} makes more known). For a track of sync
     * samples only, as audio is, that is the sample that holds the time.
     *
     * @return an index; 0 also when the table is empty
     */
    public int syncAtOrBefore(long timeUs) {
        PackedSamples now = packed;
        if (now.count == 0) {
            return 0;
        }
        int index = now.atOrBefore(timeline.mediaTime(timeUs) - now.minOffset);
        SampleBlock block = null;
        for (; index >= 0; index--) {
            block = block != null && block.holds(index) ? block : now.block(index);
            int i = index - block.first;
            if (block.sync[i] && presentationUs(block, i) <= timeUs) {
                return index;
            }
        }
        block = null;
        for (index = 0; index < now.count; index++) {
            block = block != null && block.holds(index) ? block : now.block(index);
            if (block.sync[index - block.first]) {
                return index;
            }
        }
        return 0;
    }

    /** Whether something begins to be shown from {@code fromUs} on and before {@code untilUs}, by what is known. */
    public boolean isShownBetween(long fromUs, long untilUs) {
        PackedSamples now = packed;
        SampleBlock block = null;
        for (int index = syncAtOrBefore(fromUs); index < now.count; index++) {
            block = block != null && block.holds(index) ? block : now.block(index);
            int i = index - block.first;
            if (decodeUs(block, i) >= untilUs) {
                return false;
            }
            long shownUs = presentationUs(block, i);
            if (shownUs >= fromUs && shownUs < untilUs && block.size[i] > 0 && !cut(block, i)) {
                return true;
            }
        }
        return false;
    }

    /** A cursor that stands before the first sample. */
    public SampleCursor cursor() {
        return new SampleCursor(this);
    }

    /** Samples a second on average, of those known so far; 0 when none lasts. */
    public double averageRate() {
        PackedSamples now = packed;
        long units = now.count == 0 ? 0 : now.end - now.block(0).presentation(0);
        return units <= 0 ? 0 : now.count * (double) timescale / units;
    }

    /** Where the last sample ends; as long as not all are known, where the movie says it ends if that is later. */
    public long durationUs() {
        return isComplete() ? endUs() : Math.max(endUs(), growth.declaredUs());
    }

    /** Where the last sample known so far ends. */
    private long endUs() {
        PackedSamples now = packed;
        return now.count == 0 ? 0 : timeline.endUs(now.end);
    }

    /** The block that holds {@code index}, from the one asked for last if it does. */
    private SampleBlock block(int index) {
        SampleBlock block = recent;
        if (block == null || !block.holds(index)) {
            block = packed.block(index);
            recent = block;
        }
        return block;
    }

    public SampleBlock unpack(int index) {
        return packed.block(index);
    }

    public boolean available(SampleBlock block, int i) {
        return block.position[i] + block.size[i] <= fileSize;
    }

    public long decodeUs(SampleBlock block, int i) {
        return timeline.decodeUs(block.decode[i], block.presentation(i));
    }

    public long presentationUs(SampleBlock block, int i) {
        return timeline.presentationUs(block.presentation(i));
    }

    public boolean cut(SampleBlock block, int i) {
        return timeline.isCut(block.presentation(i), block.duration[i]);
    }

    public boolean pastEnd(SampleBlock block, int i) {
        // no later sample is shown before that
        return timeline.isPastEnd(block.decode[i] + Math.min(0, packed.minOffset));
    }

    public long editStartUs(SampleBlock block, int i) {
        return timeline.editStartUs(block.presentation(i));
    }

    public long timescale() {
        return timescale;
    }
}
