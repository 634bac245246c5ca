package org.reelcast.codec.video;

import java.io.IOException;
import org.reelcast.codec.Format;
import org.reelcast.codec.Frame;
import org.reelcast.codec.FrameReader;
import org.reelcast.codec.h264.ParameterSets;
import org.reelcast.codec.h264.Sps;
import org.reelcast.codec.samples.SampleReader;
import org.reelcast.mp4.AvcEntry;
import org.reelcast.mp4.SampleTable;
import org.reelcast.mp4.Track;
import org.reelcast.storage.ByteSource;

/**
 * Walks over the pictures of an H.264 track. A key frame is a picture of IDR slices, whatever the file's table of key
 * frames says: decoders in browsers start at nothing else. A film whose key frames are recovery points (open groups of
 * pictures) therefore has few, and a seek in it may start far before the place wanted.
 */
final class PassThroughReader implements FrameReader {
    private static final int MAX_BLOCK_BYTES = 256 * 1024;
    private static final int MAX_SAMPLE_BYTES = 16 * 1024 * 1024;
    /** Key frames of the file's table, or samples when it has none, that a seek looks at for an IDR picture. */
    private static final int MAX_SEEK_TRIES = 1024;

    private final Track track;
    private final String file;
    private final boolean dropB;
    private final BFrameWarning warning;
    private final SampleReader reader;
    private final ParameterSets sets = new ParameterSets();
    private final AccessUnit unit = new AccessUnit(sets);
    private AvcEntry entry;
    private int entryIndex = -1;
    private Sps sps;
    private Format format;

    PassThroughReader(Track track, ByteSource source, Format format, boolean dropB, BFrameWarning warning) {
        this.track = track;
        this.file = source.id().location();
        this.format = format;
        this.dropB = dropB;
        this.warning = warning;
        this.reader = new SampleReader(source, track.samples(), MAX_BLOCK_BYTES, MAX_SAMPLE_BYTES);
    }

    @Override
    public Frame next() throws IOException {
        while (reader.next()) {
            parse();
            if (unit.hasBSlice()) {
                warning.bFrame();
            }
            if (unit.hasPicture() && !(dropB && unit.hasBSlice())) {
                return new Frame(format, reader.at().decodeTimeUs(), reader.at().presentationTimeUs(), unit.isIdr(),
                        unit.payload());
            }
        }
        unit.clear();
        return null;
    }

    private void parse() throws IOException {
        if (reader.at().entry() != entryIndex) {
            entryIndex = reader.at().entry();
            entry = (AvcEntry) track.entries().get(entryIndex);
            sets.reset(entry.sps(), entry.pps());
        }
        reader.read();
        try {
            unit.parse(reader.array(), reader.offset(), reader.length(), entry.nalLengthSize());
        } catch (IOException e) {
            throw new IOException("Sample " + reader.at().index() + " of " + file + " is broken: " + e.getMessage(), e);
        }
        if (sets.sps() != sps) {
            sps = sets.sps();
            Format now = PassThrough.format(sps, entry, track);
            format = now.equals(format) ? format : now;
        }
    }

    @Override
    public void seek(long timeUs) throws IOException {
        SampleReader.reach(track, timeUs);
        SampleTable samples = track.samples();
        int index = samples.syncAtOrBefore(timeUs);
        for (int tries = 0; index > 0 && tries < MAX_SEEK_TRIES; tries++) {
            reader.seek(index);
            parse();
            if (unit.isIdr()) {
                break;
            }
            index--;
            while (index > 0 && reader.seek(index) && !reader.at().isSync()) {
                index--;
            }
        }
        // the parameter sets that were read on the way belong to other places
        entryIndex = -1;
        reader.standBefore(index);
    }

    @Override
    public void close() {
        unit.clear();
    }
}
