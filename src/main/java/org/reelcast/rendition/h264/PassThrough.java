package org.reelcast.rendition.h264;

import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.TrackRendition;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * H.264 as it is in the file, ready to be sent: nothing is decoded, and frames point into the blocks that were read,
 * the same for all who read at about the same place.
 */
public final class PassThrough extends TrackRendition {
    private final ByteSource source;
    private final SharedBlocks blocks;
    private final boolean dropB;

    /**
     * @param blocks what other readers of the track hold
     * @param dropB  whether pictures with a B slice are left out
     */
    public PassThrough(Track track, ByteSource source, SharedBlocks blocks, boolean dropB) {
        super(track, format(track));
        this.source = source;
        this.blocks = blocks;
        this.dropB = dropB;
    }

    private static Format format(Track track) {
        AvcEntry entry = (AvcEntry) track.entries().get(0);
        ParameterSets sets = new ParameterSets();
        sets.reset(entry.config());
        return TrackFormat.of(sets.sps(), entry, track);
    }

    @Override
    public FrameReader reader() {
        return new PassThroughReader(track(), source, blocks, format(), dropB);
    }
}
