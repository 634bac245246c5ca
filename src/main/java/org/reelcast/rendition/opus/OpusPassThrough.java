package org.reelcast.rendition.opus;

import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.media.OpusFormat;
import org.reelcast.mp4.read.OpusEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.TrackRendition;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/** Opus as it is in the file: nothing is decoded, and frames point into the blocks that were read. */
public final class OpusPassThrough extends TrackRendition {
    private final ByteSource source;
    private final SharedBlocks blocks = new SharedBlocks();

    public OpusPassThrough(Track track, ByteSource source) {
        super(track, format(track));
        this.source = source;
    }

    private static Format format(Track track) {
        OpusEntry entry = (OpusEntry) track.entries().get(0);
        return new OpusFormat(entry.channels(), entry.preSkip(), track.language());
    }

    @Override
    public FrameReader reader() {
        return new OpusPassThroughReader(track(), source, blocks, format());
    }
}
