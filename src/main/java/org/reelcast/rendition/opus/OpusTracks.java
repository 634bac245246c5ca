package org.reelcast.rendition.opus;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.codec.ffmpeg.AudioDecoder;
import org.reelcast.codec.ffmpeg.Resampler;
import org.reelcast.mp4.read.AacEntry;
import org.reelcast.mp4.read.AudioEntry;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.RenditionName;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.rendition.samples.SharedBlocks;
import org.reelcast.sharing.Shared;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/** The films whose sound is in use, one {@link OpusTrack} each however many have it open, and the memory they share. */
public final class OpusTracks {
    /** About half an hour of stereo at the default bitrate, over all films; what falls out comes back from disk. */
    private static final long MEMORY_BYTES = 32L * 1024 * 1024;
    /** Frames that are decoded to find out whether mono is stereo in disguise. */
    private static final int PROBE_FRAMES = 8;

    private final MemoryCache<SegmentStore.Key, OpusSegment> memory = new MemoryCache<>(MEMORY_BYTES);
    private final Shared<String, OpusTrack> tracks = Shared.closingUnused(OpusTrack::close);

    /**
     * The track's sound as a rendition.
     *
     * @param blocks what other readers of the track hold
     * @throws IOException when this machine or FFmpeg cannot do it; the message is a sentence fit for the log
     */
    public OpusRendition open(
            Track track, ByteSource source, SharedBlocks blocks, OpusParameters parameters, DiskCache disk)
            throws IOException {
        String name = RenditionName.of(source.id(), parameters.tag() + "-" + track.id());
        OpusTrack opus = tracks.acquire(
                name, () -> new OpusTrack(name, track, channels(track, source), parameters, memory, disk));
        return new OpusRendition(opus, track, source, blocks, () -> tracks.release(opus));
    }

    /** Opens the decoder, so that a track it does not take is refused now, and has a look at the frames if it must. */
    private static int channels(Track track, ByteSource source) throws IOException {
        TrackAudioSource frames = new TrackAudioSource(track, source, new AtomicLong(1));
        try (AudioDecoder decoder = frames.decoder()) {
            return frames.entry() instanceof AacEntry aac
                    ? aacChannels(aac.config(), frames, decoder)
                    : otherChannels((AudioEntry) frames.entry(), frames, decoder);
        }
    }

    private static int aacChannels(AudioSpecificConfig config, TrackAudioSource frames, AudioDecoder decoder)
            throws IOException {
        if (!config.mayBeParametricStereo()) {
            return config.outputChannels();
        }
        for (int i = 0; i < PROBE_FRAMES && frames.next(); i++) {
            if (decoder.decode(frames.array(), frames.offset(), frames.length()) > 0 && decoder.channels() > 1) {
                return 2;
            }
        }
        return 1;
    }

    /** What the file says of it may be wrong: the first frame that gives sound decides. */
    private static int otherChannels(AudioEntry entry, TrackAudioSource frames, AudioDecoder decoder)
            throws IOException {
        for (int i = 0; i < PROBE_FRAMES && frames.next(); i++) {
            if (decoder.decode(frames.array(), frames.offset(), frames.length()) > 0) {
                try (Resampler resampler = Resampler.open(Math.min(2, decoder.channels()))) {
                    resampler.convert(decoder);
                    return resampler.channels();
                }
            }
        }
        return entry.channels() == 1 ? 1 : 2;
    }

    /** Films whose sound is in use now. */
    public int inUse() {
        return tracks.size();
    }
}
