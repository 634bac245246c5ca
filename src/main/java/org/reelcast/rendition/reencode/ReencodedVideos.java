package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Format;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.RenditionName;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.rendition.encoders.EncoderPool;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.sharing.Shared;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.cache.DiskCache;

/**
 * The films that are re-encoded now, one {@link ReencodedVideo} each however many have it open, and what they share:
 * the encoders and the memory.
 */
public final class ReencodedVideos {
    private static final long MAX_MEMORY_BYTES = 64L * 1024 * 1024;
    private static final int MEMORY_SHARE = 8;
    private static final long RATE_US = 1_000_000;
    /** How long after a film's encoder was too slow none is tried for it again. */
    private static final long RETRY_NS = 20_000_000_000L;

    private final MemoryCache<SegmentStore.Key, Segment> memory = new MemoryCache<>(
            Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    private final NanoClock clock;
    private final EncoderPool pool;
    private final Backlog backlog;
    private final long retryNs;
    private final Shared<String, ReencodedVideo> videos = Shared.closingUnused(ReencodedVideo::close);

    /** @param threads that encode at the same time */
    public ReencodedVideos(NanoClock clock, int threads) {
        this(clock, threads, RETRY_NS);
    }

    ReencodedVideos(NanoClock clock, int threads, long retryNs) {
        this.clock = clock;
        this.pool = new EncoderPool(clock, threads);
        this.backlog = new Backlog(clock);
        this.retryNs = retryNs;
    }

    /** Whether pictures of this size can be encoded. */
    public static boolean takes(Format format) {
        return H264Encoder.takes(ReductionStep.FULL.width(format.width()), ReductionStep.FULL.height(format.height()));
    }

    /**
     * The track without its B-frames as a rendition.
     *
     * @param without the same track, with the pictures that hold B slices left out; closed with the rendition
     */
    public ReencodedRendition open(Track track, ByteSource source, Rendition without, ReencodingParameters parameters,
            DiskCache disk) {
        String name = name(track, source, ReductionStep.FULL, parameters.quantizer());
        lookAhead(track);
        synchronized (this) {
            ReencodedVideo video = videos.acquire(name,
                    () -> video(track, new SharedSource(source), without.format(), parameters, disk));
            video.source().attach(source);
            return new ReencodedRendition(video, clock, without, () -> release(video, source));
        }
    }

    /** So that the frame rate is known of a film in fragments, one picture each at worst. */
    private static void lookAhead(Track track) {
        try {
            SampleReader.lookAhead(track, RATE_US);
        } catch (IOException e) {
            // whoever plays it runs into the same and says so
        }
    }

    private ReencodedVideo video(Track track, SharedSource source, Format format, ReencodingParameters parameters,
            DiskCache disk) {
        ReencodedTrack full = track(track, source, ReductionStep.FULL, parameters.quantizer(), disk);
        Optional<ReductionStep> step = parameters.reduces()
                ? ReductionStep.reduction(format.width(), format.height(), full.spec().framesPerSecond(),
                        pool.power())
                : Optional.empty();
        ReencodedTrack reduced = step.map(reduction -> track(track, source, reduction, parameters.quantizer(), disk))
                .orElse(null);
        return new ReencodedVideo(full, reduced, format, pool, backlog);
    }

    private ReencodedTrack track(Track track, SharedSource source, ReductionStep reduction, int quantizer,
            DiskCache disk) {
        return new ReencodedTrack(name(track, source, reduction, quantizer),
                EncodingSpec.of(track, source, reduction, quantizer), pool, clock, retryNs, memory, disk);
    }

    /** Names what lies in the disk caches of users: the tag stays, whatever classes are called. */
    private static String name(Track track, ByteSource source, ReductionStep reduction, int quantizer) {
        return RenditionName.of(source.id(), "bfree2-" + reduction.cacheTag() + quantizer + "-" + track.id());
    }

    /** Locked as opening is: an encoder at work for somebody who comes just now is never without a source. */
    private synchronized void release(ReencodedVideo video, ByteSource source) {
        video.source().detach(source);
        videos.release(video);
    }

    /** A core here encodes {@code speed} times as fast as those for which {@link ReductionStep} knows the cost. */
    public void measured(double speed) {
        pool.measured(speed);
    }

    /** Encoders there are now, at work or waiting for it. */
    public int encoders() {
        return pool.encoders();
    }

    /** Of those, the ones that have something to do. */
    int encodersAtWork() {
        return pool.encodersAtWork();
    }

    /** Films that are open re-encoded now. */
    public int inUse() {
        return videos.size();
    }
}
