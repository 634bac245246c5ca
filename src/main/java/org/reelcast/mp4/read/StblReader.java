package org.reelcast.mp4.read;

import java.io.IOException;
import java.util.List;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.BoxType;
import org.reelcast.mp4.box.Boxes;
import org.reelcast.mp4.box.Limits;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;
import org.reelcast.mp4.index.SamplePacker;

/**
 * Merges the tables of one {@code stbl} (ISO 14496-12 section 8.5 to 8.7) into packed samples, in one pass and with a
 * small piece of each table in memory at a time.
 */
final class StblReader {
    /** Of sound that is not compressed. */
    private static final int PIECES_A_SECOND = 50;

    private final Window window;
    private final List<Box> boxes;
    private final int sampleEntries;
    /** Of sound that is not compressed; else 0. Such samples are so small that many are taken for one. */
    private final int frameBytes;

    private final int framesTogether;

    private TableReader sizes;
    private int sizeBits;
    private int fixedSize;
    private long sampleCount;
    private int nibbles = -1;

    /**
     * @param boxes   the children of {@code stbl}
     * @param entries of the track
     */
    StblReader(Window window, List<Box> boxes, List<SampleEntry> entries) {
        this.window = window;
        this.boxes = boxes;
        this.sampleEntries = entries.size();
        boolean isPcm = !entries.isEmpty() && entries.get(0) instanceof AudioEntry sound && sound.frameBytes() > 0;
        this.frameBytes = isPcm ? ((AudioEntry) entries.get(0)).frameBytes() : 0;
        this.framesTogether = isPcm ? Math.max(1, ((AudioEntry) entries.get(0)).rate() / PIECES_A_SECOND) : 1;
    }

    /** How many samples the table of their sizes tells of; 0 where there is none. */
    long count() throws IOException {
        Box box = Boxes.first(boxes, BoxType.STSZ);
        return box == null || box.length() < 12 ? 0 : window.u32(box.payload() + 8);
    }

    /** Whether there is a table of sync samples; an empty one counts, and says that no sample is. */
    boolean hasSyncTable() {
        return Boxes.first(boxes, BoxType.STSS) != null;
    }

    /** Adds all samples to {@code packer}. */
    void read(SamplePacker packer) throws IOException {
        openSizes();
        if (sampleCount == 0) {
            return;
        }
        long implied = sizeBits == 0 ? (fixedSize & 0xffff_ffffL) * sampleCount : 0;
        if (sampleCount / framesTogether > Limits.SAMPLES || implied / Limits.CUT_OFF > window.size()) {
            throw Refusals.broken(
                    "A track claims " + sampleCount + " samples, in a file of " + window.size() + " bytes");
        }
        Box offsets = Boxes.first(boxes, BoxType.STCO);
        boolean wide = offsets == null;
        if (wide) {
            offsets = Boxes.need(boxes, BoxType.CO64, "stbl");
        }
        TableReader chunks = TableReader.of(window, offsets, wide ? 8 : 4);
        SampleRuns durations = SampleRuns.ofValues(window, Boxes.need(boxes, BoxType.STTS, "stbl"));
        if (durations.isEmpty()) {
            throw Refusals.broken("A track with samples has no times");
        }
        SampleRuns compositions = SampleRuns.ofValues(window, Boxes.first(boxes, BoxType.CTTS));
        SampleRuns syncs = SampleRuns.ofSyncs(window, Boxes.first(boxes, BoxType.STSS));
        int syncBeyond = hasSyncTable() ? 0 : 1;
        ChunkRuns runs = new ChunkRuns(window, Boxes.need(boxes, BoxType.STSC, "stbl"), sampleEntries);
        int duration = 0;
        long decode = 0;
        long sample = 0;
        for (long chunk = 1; sample < sampleCount && chunks.nextEntry(); chunk++) {
            runs.to(chunk);
            long position = wide ? chunks.i64() : chunks.u32();
            if (frameBytes > 0) {
                long frames = Math.min(runs.samplesPerChunk(), sampleCount - sample);
                duration = duration == 0 ? Math.max(1, durations.next(1)) : duration;
                decode = addFrames(packer, position, frames, decode, duration, runs.entry());
                sample += frames;
                continue;
            }
            for (long i = runs.samplesPerChunk(); i > 0 && sample < sampleCount; i--) {
                int size = size();
                // a duration beyond 31 bits is a negative one of a writer that went astray
                duration = Math.max(0, durations.next(duration));
                packer.add(
                        position,
                        size,
                        decode,
                        duration,
                        compositions.next(0),
                        syncs.next(syncBeyond) != 0,
                        runs.entry());
                position += size;
                decode += duration;
                sample++;
            }
        }
        if (sample < sampleCount) {
            throw Refusals.broken("The chunks of a track hold " + sample + " samples of " + sampleCount);
        }
    }

    /** @return when the last of them ends */
    private long addFrames(SamplePacker packer, long position, long frames, long decode, int duration, int entry)
            throws IOException {
        long at = decode;
        for (long done = 0; done < frames; done += framesTogether) {
            int together = (int) Math.min(framesTogether, frames - done);
            packer.add(position + done * frameBytes, together * frameBytes, at, together * duration, 0, true, entry);
            at += (long) together * duration;
        }
        return at;
    }

    private void openSizes() throws IOException {
        Box box = Boxes.first(boxes, BoxType.STSZ);
        if (box != null) {
            if (box.length() < 12) {
                throw Refusals.broken("Table 'stsz' is cut off");
            }
            fixedSize = window.i32(box.payload() + 4);
            sizeBits = fixedSize == 0 ? 32 : 0;
        } else {
            box = Boxes.first(boxes, BoxType.STZ2);
            if (box == null || box.length() < 12) {
                throw Refusals.broken("Box 'stbl' has no sample sizes");
            }
            sizeBits = window.u8(box.payload() + 7);
            if (sizeBits != 4 && sizeBits != 8 && sizeBits != 16) {
                throw Refusals.broken("Table 'stz2' has fields of " + sizeBits + " bits");
            }
        }
        sampleCount = window.u32(box.payload() + 8);
        long room = sizeBits == 0 ? Long.MAX_VALUE : (box.length() - 12) * 8 / sizeBits;
        if (sampleCount > room) {
            throw Refusals.broken(
                    "Table '" + box.name() + "' claims " + sampleCount + " entries and has room for " + room);
        }
        sizes = new TableReader(window.source(), box.payload() + 12, box.end());
    }

    private int size() throws IOException {
        switch (sizeBits) {
            case 0:
                return fixedSize;
            case 4:
                if (nibbles >= 0) {
                    int low = nibbles & 0xf;
                    nibbles = -1;
                    return low;
                }
                nibbles = sizes.u8();
                return nibbles >> 4;
            case 8:
                return sizes.u8();
            case 16:
                return sizes.u16();
            default:
                return sizes.i32();
        }
    }
}
