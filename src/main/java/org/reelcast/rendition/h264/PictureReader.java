package org.reelcast.rendition.h264;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.reelcast.bitstream.h264.NalCursor;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.bitstream.h264.Sps;
import org.reelcast.media.Format;
import org.reelcast.media.Slice;
import org.reelcast.mp4.index.SampleCursor;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.Track;
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
    private final boolean asInFile;
    private final NalCursor units = new NalCursor();
    /** Stands at the first field when the second one came out of the next sample. */
    private final SampleCursor firstField;

    private boolean paired;
    private AvcEntry entry;
    private int entryIndex = -1;
    /** Of the entry. */
    private Sps entrySps;

    private Sps sps;
    private Format format;

    public PictureReader(Track track, ByteSource source) {
        this(track, source, new SharedBlocks(), false);
    }

    /**
     * @param blocks   what other readers of the same film hold
     * @param asInFile whether the format is that of samples as they are, not of pictures that bring parameter sets
     */
    PictureReader(Track track, ByteSource source, SharedBlocks blocks, boolean asInFile) {
        this.track = track;
        this.asInFile = asInFile;
        this.file = source.id().location();
        this.reader = new SampleReader(source, track.samples(), MAX_BLOCK_BYTES, MAX_SAMPLE_BYTES, blocks);
        this.firstField = track.samples().cursor();
    }

    /**
     * Goes to the next sample that has a picture in it; one that holds the second field of a frame comes with the one
     * that holds the first.
     *
     * @return false at the end, which is where the edit list shows nothing more
     * @throws IOException when the file breaks here; the message is a sentence fit for the log
     */
    public boolean next() throws IOException {
        while (nextSample()) {
            if (unit.hasPicture()) {
                if (unit.isFirstField()) {
                    joinSecondField();
                }
                return true;
            }
        }
        return false;
    }

    /** Both fields of a frame are shown as one and have one time (ITU-T H.264, 7.4.1.2.4; RFC 6184 section 5.1). */
    private void joinSecondField() throws IOException {
        int first = reader.at().index();
        firstField.seek(first);
        try {
            if (!reader.next()) {
                return;
            }
            reader.read();
            if (reader.at().entry() == entryIndex
                    && unit.isSecondField(reader.array(), reader.offset(), reader.length(), lengthSize())) {
                unit.append(reader.array(), reader.offset(), reader.length(), lengthSize());
                paired = true;
                return;
            }
        } catch (IOException broken) {
            // whoever goes on to that sample is told
        }
        reader.seek(first);
    }

    private int lengthSize() {
        return entry.config().nalLengthSize();
    }

    /** The same for any sample, with a picture or without. */
    boolean nextSample() throws IOException {
        paired = false;
        if (reader.next() && !reader.at().isPastEnd()) {
            parse();
            return true;
        }
        unit.clear();
        return false;
    }

    private void parse() throws IOException {
        if (reader.at().entry() != entryIndex) {
            entryIndex = reader.at().entry();
            entry = (AvcEntry) track.entries().get(entryIndex);
            sets.reset(entry.config());
            entrySps = sets.sps();
        }
        reader.read();
        try {
            unit.parse(reader.array(), reader.offset(), reader.length(), lengthSize());
        } catch (IOException e) {
            throw new IOException("Sample " + reader.at().index() + " of " + file + " is broken: " + e.getMessage(), e);
        }
        if (sets.sps() != sps || format == null) {
            sps = sets.sps();
            Format now = !asInFile
                    ? TrackFormat.of(sps, entry, track)
                    : sps == entrySps
                            ? TrackFormat.inFile(sps, entry, track)
                            : TrackFormat.inFile(sps, entry, track, sets.config(lengthSize()));
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

    /** The same for a key frame of the file. */
    void seekKey(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        standBeforeKey(track.samples().syncAtOrBefore(timeUs), 0);
    }

    /** Stands before the last IDR picture among the samples {@code first} to {@code last}, or before the first one. */
    void standBeforeIdr(int last, int first) throws IOException {
        standBefore(last, first, unit::isIdr);
    }

    /** The same for a key frame of the file. */
    void standBeforeKey(int last, int first) throws IOException {
        standBefore(last, first, this::isKey);
    }

    private void standBefore(int last, int first, BooleanSupplier wanted) throws IOException {
        int index = last;
        for (int tries = 0; index > first && tries < MAX_TRIES; index--) {
            reader.seek(index);
            if (reader.at().isSync()) {
                tries++;
                parse();
                if (wanted.getAsBoolean()) {
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
        return paired ? firstField : reader.at();
    }

    /** What the picture looks like. */
    public Format format() {
        return format;
    }

    /** The sequence parameter set in force; null when none is known. */
    Sps sps() {
        return sets.sps();
    }

    public boolean isIdr() {
        return unit.isIdr();
    }

    /**
     * Whether decoders start here: at an IDR picture, and at one that the file calls a key frame and that refers to no
     * other (a recovery point of an open group of pictures).
     */
    boolean isKey() {
        return unit.isIdr() || at().isSync() && reader.samples().hasSyncTable() && unit.isIntra();
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

    /** The sample as it is: all of its NAL units, and none beside them. */
    Slice[] units() {
        List<Slice> slices = new ArrayList<>();
        units.reset(reader.array(), reader.offset(), reader.length(), lengthSize());
        while (units.next()) {
            slices.add(new Slice(units.array(), units.offset(), units.length()));
        }
        return slices.toArray(new Slice[0]);
    }

    /** Lets go of the last block. */
    public void close() {
        unit.clear();
    }
}
