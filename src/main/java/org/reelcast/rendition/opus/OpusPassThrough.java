package org.reelcast.rendition.opus;

import org.reelcast.media.Format;
import org.reelcast.media.OpusFormat;
import org.reelcast.mp4.OpusEntry;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.FrameReader;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/** Opus as it is in the file: nothing is decoded, and frames point into the blocks that were read. */
public final class OpusPassThrough implements Rendition {
    private final Track track;
    private final ByteSource source;
    private final SharedBlocks blocks = new SharedBlocks();
    private final Format format;

    public OpusPassThrough(Track track, ByteSource source) {
        this.track = track;
        this.source = source;
        OpusEntry entry = (OpusEntry) track.entries().get(0);
        this.format = new OpusFormat(entry.channels(), entry.preSkip(), track.language());
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public long durationUs() {
        return track.durationUs();
    }

    @Override
    public boolean isEndKnown() {
        return track.samples().isComplete();
    }

    @Override
    public FrameReader reader() {
        return new OpusPassThroughReader(track, source, blocks, format);
    }

    /** Nothing of its own to give back: the file is its owner's. */
    @Override
    public void close() {
        // see above
    }
}
