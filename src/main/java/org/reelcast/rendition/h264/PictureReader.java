package org.reelcast.rendition.h264;

import java.io.IOException;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Format;
import org.reelcast.media.Slice;
import org.reelcast.mp4.AvcEntry;
import org.reelcast.mp4.SampleCursor;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/** Reads an H.264 track picture by picture, in decode order, taken apart into NAL units. For one thread at a time. */
public final class PictureReader {
    private static final int MAX_BLOCK_BYTES = 128 * 1024;
    private static final int MAX_SAMPLE_BYTES = 16 * 1024 * 1024;
    /** Key frames of the file's table, or samples when it has none, that a search for an IDR picture looks at. */
    private static final int MAX_TRIES = 1024;

    private final Track track;
    private final SampleReader reader;
    private final ParameterSets sets = new ParameterSets();
    private final AccessUnit unit = new AccessUnit(sets);
    private final String file;
    private AvcEntry entry;
    private int entryIndex = -1;
    private Sps sps;
    private Format format;

    public PictureReader(Track track, ByteSource source) {
        this(track, source, new SharedBlocks());
    }

    /** @param blocks what other readers of the same film hold */
    PictureReader(Track track, ByteSource source, SharedBlocks blocks) {
        this.track = track;
        this.file = source.id().location();
        this.reader = new SampleReader(source, track.samples(), MAX_BLOCK_BYTES, MAX_SAMPLE_BYTES, blocks);
    }

    /**
     * Goes to the next sample that has a picture in it.
     *
     * @return false at the end, which is where the edit list shows nothing more
     * @throws IOException when the file breaks here; the message is a sentence fit for the log
     */
    public boolean next() throws IOException {
        while (reader.next() && !reader.at().isPastEnd()) {
            parse();
            if (unit.hasPicture()) {
                return true;
            }
        }
        unit.clear();
        return false;
    }

    private void parse() throws IOException {
        if (reader.at().entry() != entryIndex) {
            entryIndex = reader.at().entry();
            entry = (AvcEntry) track.entries().get(entryIndex);
            sets.reset(entry.config());
        }
        reader.read();
        try {
            unit.parse(reader.array(), reader.offset(), reader.length(), entry.config().nalLengthSize());
        } catch (IOException e) {
            throw new IOException("Sample " + reader.at().index() + " of " + file + " is broken: " + e.getMessage(), e);
        }
        if (sets.sps() != sps || format == null) {
            sps = sets.sps();
            Format now = TrackFormat.of(sps, entry, track);
            format = now.equals(format) ? format : now;
        }
    }

    /**
     * Stands before the last IDR picture that is shown at or before {@code timeUs}; decoders in browsers start at
     * nothing else, whatever the file's table of key frames says.
     */
    public void seekIdr(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        standBeforeIdr(track.samples().syncAtOrBefore(timeUs), 0);
    }

    /** Stands before the last IDR picture among the samples {@code first} to {@code last}, or before the first one. */
    void standBeforeIdr(int last, int first) throws IOException {
        int index = last;
        for (int tries = 0; index > first && tries < MAX_TRIES; index--) {
            reader.seek(index);
            if (reader.at().isSync()) {
                tries++;
                parse();
                if (unit.isIdr()) {
                    break;
                }
            }
        }
        standBefore(index);
    }

    /** Makes sample {@code index} the one that {@link #next} looks at first. */
    public void standBefore(int index) {
        // parameter sets that were read elsewhere do not hold there
        entryIndex = -1;
        unit.jump();
        reader.standBefore(index);
    }

    /** The sample that {@link #next} looks at first. */
    int following() {
        return reader.following();
    }

    /** Tells of the picture's sample. */
    public SampleCursor at() {
        return reader.at();
    }

    /** What the picture looks like. */
    public Format format() {
        return format;
    }

    public boolean isIdr() {
        return unit.isIdr();
    }

    public boolean hasBSlice() {
        return unit.hasBSlice();
    }

    /** Whether it has B slices and is, or may be, shown before a picture that came earlier. */
    public boolean isReorderedB() {
        return unit.isReorderedB();
    }

    /** Whether other pictures may refer to it. */
    public boolean isReference() {
        return unit.isReference();
    }

    /** The picture's NAL units, parameter sets first where they belong. */
    public Slice[] payload() {
        return unit.payload();
    }

    /** The same with all parameter sets in front: for a decoder that starts here, IDR picture or not. */
    public Slice[] payloadWithSets() {
        return unit.payloadWithSets();
    }

    /** Lets go of the last block. */
    public void close() {
        unit.clear();
    }
}
