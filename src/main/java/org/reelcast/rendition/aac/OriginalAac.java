package org.reelcast.rendition.aac;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.FrameIndex;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.TrackRendition;
import org.reelcast.rendition.samples.SampleIndex;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.storage.ByteSource;

/**
 * AAC exactly as it is in the file, for outputs that carry it: a frame is an access unit. Nothing is decoded, and
 * nothing is read until somebody takes it.
 */
public final class OriginalAac extends TrackRendition implements SeekableTrack {
    private final ByteSource source;
    private final SharedBlocks blocks;
    /** By sample entry. */
    private final List<Format> formats;

    /** @param blocks what other readers of the track hold */
    public OriginalAac(Track track, ByteSource source, SharedBlocks blocks) {
        this(track, source, blocks, formats(track));
    }

    private OriginalAac(Track track, ByteSource source, SharedBlocks blocks, List<Format> formats) {
        super(track, formats.get(0));
        this.source = source;
        this.blocks = blocks;
        this.formats = formats;
    }

    private static List<Format> formats(Track track) {
        return track.entries().stream()
                .map(entry -> format((AacEntry) entry, track))
                .toList();
    }

    private static Format format(AacEntry entry, Track track) {
        AudioSpecificConfig config = entry.config();
        return new AacFormat(
                new DecoderConfig(config.bytes()),
                config.sampleRate(),
                entry.channels(),
                (int) Math.min(Integer.MAX_VALUE, track.timescale()),
                track.language());
    }

    @Override
    public Optional<SeekableTrack> seekable() {
        return Optional.of(this);
    }

    @Override
    public FrameIndex index() {
        return new SampleIndex(track());
    }

    @Override
    public FrameReader reader() {
        int preroll = ((AacEntry) track().entries().get(0)).config().prerollFrames();
        return new OriginalAacReader(track(), source, blocks, formats, preroll);
    }
}
