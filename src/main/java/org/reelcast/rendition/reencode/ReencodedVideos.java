package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.ffmpeg.H264Encoder;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.H264Format;
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

    /** Whether such pictures can be encoded. */
    public static boolean takes(H264Format format) {
        PictureShape shape = PictureShape.of(format);
        return H264Encoder.takes(shape.width(), shape.height());
    }

    /** Whether such pictures have to be encoded to be shown in their shape: WebRTC says nothing of it but turns. */
    public static boolean gives(H264Format format) {
        return PictureShape.isNeeded(format);
    }

    /**
     * The track without its B-frames, in the shape in which it is to be shown, as a rendition.
     *
     * @param without the same track, with the pictures that hold B slices left out; closed with the rendition
     * @param hasB    whether there are such pictures
     */
    public ReencodedRendition open(Track track, ByteSource source, Rendition without, boolean hasB,
            ReencodingParameters parameters, DiskCache disk) {
        String name = name(track, source, ReductionStep.FULL, parameters);
        lookAhead(track);
        synchronized (this) {
            ReencodedVideo video = videos.acquire(name,
                    () -> video(track, new SharedSource(source), (H264Format) without.format(), hasB, parameters,
                            disk));
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

    private ReencodedVideo video(Track track, SharedSource source, H264Format format, boolean hasB,
            ReencodingParameters parameters, DiskCache disk) {
        ReencodedTrack full = track(track, format, source, ReductionStep.FULL, parameters, disk);
        PictureShape shape = full.spec().shape();
        Optional<ReductionStep> step = parameters.reduces()
                ? ReductionStep.reduction(shape.width(), shape.height(), full.spec().framesPerSecond(), pool.power())
                : Optional.empty();
        ReencodedTrack reduced = step.map(reduction -> track(track, format, source, reduction, parameters, disk))
                .orElse(null);
        return new ReencodedVideo(full, reduced, hasB, pool, backlog);
    }

    private ReencodedTrack track(Track track, H264Format format, SharedSource source, ReductionStep reduction,
            ReencodingParameters parameters, DiskCache disk) {
        return new ReencodedTrack(name(track, source, reduction, parameters),
                EncodingSpec.of(track, format, source, reduction, parameters), pool, clock, retryNs, memory, disk);
    }

    /** Names what lies in the disk caches of users: the tag stays, whatever classes are called. */
    private static String name(Track track, ByteSource source, ReductionStep reduction,
            ReencodingParameters parameters) {
        return RenditionName.of(source.id(), "bfree3-" + (parameters.deinterlaces() ? "" : "interlaced-")
                + reduction.cacheTag() + parameters.quantizer() + "-" + track.id());
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
