package org.reelcast.rendition.h264;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.h264.ParameterSets;
import org.reelcast.media.Format;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.mp4.read.AvcEntry;
import org.reelcast.mp4.read.SampleEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.TrackRendition;
import org.reelcast.rendition.samples.SampleIndex;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * H.264 exactly as it is in the file, B-frames and all, for outputs that carry parameter sets beside the frames: a
 * frame is a sample, its slices are the sample's NAL units and nothing else. Nothing is read until somebody takes it.
 */
public final class OriginalH264 extends TrackRendition implements SeekableTrack {
    private final ByteSource source;
    private final SharedBlocks blocks;

    /** @param blocks what other readers of the track hold */
    public OriginalH264(Track track, ByteSource source, SharedBlocks blocks) {
        super(track, format(track));
        this.source = source;
        this.blocks = blocks;
    }

    /** What the first picture looks like. */
    public static Format format(Track track) {
        return format(track, track.entries().get(0));
    }

    private static Format format(Track track, SampleEntry described) {
        AvcEntry entry = (AvcEntry) described;
        ParameterSets sets = new ParameterSets();
        sets.reset(entry.config());
        return TrackFormat.inFile(sets.sps(), entry, track);
    }

    @Override
    public List<Format> formats() {
        return track().entries().stream().map(entry -> format(track(), entry)).toList();
    }

    @Override
    public Optional<SeekableTrack> seekable() {
        return Optional.of(this);
    }

    /** Where the file does not tell its key frames, the index reads the film to find them. */
    @Override
    public FrameIndex index() {
        return track().samples().hasSyncTable() ? new SampleIndex(track()) : new PictureIndex(track(), source, blocks);
    }

    @Override
    public FrameReader reader() {
        return new OriginalH264Reader(track(), source, blocks, format());
    }
}
