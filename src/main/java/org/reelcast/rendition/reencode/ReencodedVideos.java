package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.Optional;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.loop.Blocking;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.H264Format;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.Rendition;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.RenditionName;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.rendition.encoders.EncoderPool;
import org.reelcast.rendition.samples.SampleReader;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.sharing.Shared;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;
import org.reelcast.storage.cache.DiskCache;

/**
 * The films that are re-encoded now, one {@link ReencodedVideo} each however many have it open, and what they share:
 * the encoders and the memory.
 */
public final class ReencodedVideos {
    private static final long MAX_MEMORY_BYTES = 64L * 1024 * 1024;
    private static final int MEMORY_SHARE = 8;
    /** Nobody else makes segments. */
    private static final ReencodedTrack.Peers ALONE = startUs -> Optional.empty();

    private static final long RATE_US = 1_000_000;
    /** How long after a film's encoder was too slow none is tried for it again. */
    private static final long RETRY_NS = 20_000_000_000L;

    private final MemoryCache<SegmentStore.Key, Segment> memory =
            new MemoryCache<>(Math.min(MAX_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    private final NanoClock clock;
    private final EncoderPool pool;
    private final Backlog backlog;
    private final long retryNs;
    private final Shared<String, ReencodedVideo> videos = Shared.closingUnused(ReencodedVideo::close);
    private final Shared<String, ReencodedTrack> scaled = Shared.closingUnused(ReencodedTrack::close);
    private volatile SegmentPeers peers = SegmentPeers.NONE;

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
        return EncoderSettings.takes(shape.width(), shape.height());
    }

    /** Whether such pictures have to be encoded to be shown in their shape: WebRTC says nothing of it but turns. */
    public static boolean gives(H264Format format) {
        return PictureShape.isNeeded(format);
    }

    /** Whether pictures of the track have to be left out: no browser shows as many a second. */
    public static boolean thins(Track track) {
        return FrameRate.isTooHigh(track.framesPerSecond());
    }

    /** What it costs on this machine to encode the track's pictures, which look so. */
    public EncodingCost cost(Track track, H264Format format, ReencodingParameters parameters) {
        PictureShape shape = PictureShape.of(format);
        int perSecond = FrameRate.of(track.samples()).perSecond();
        DecodingCost decoding = DecodingCost.of(track, format);
        double cores = ReductionStep.FULL.cores(shape.width(), shape.height(), perSecond) + decoding.cores();
        boolean isSustained =
                ReductionStep.FULL.isSustained(shape.width(), shape.height(), perSecond, decoding, pool.power());
        return new EncodingCost(
                cores * pool.threads() / pool.power(),
                shape.width(),
                shape.height(),
                perSecond,
                isSustained,
                isSustained || !parameters.reduces()
                        ? Optional.empty()
                        : ReductionStep.reduction(shape.width(), shape.height(), perSecond, decoding, pool.power())
                                .map(step -> step.describe(shape.width(), shape.height())));
    }

    /**
     * The track without its B-frames, in the shape in which it is to be shown, as a rendition.
     *
     * @param without the same track, with the pictures that hold B slices left out; closed with the rendition
     * @param hasB    whether there are such pictures
     */
    public ReencodedRendition open(
            Track track,
            ByteSource source,
            Rendition without,
            boolean hasB,
            ReencodingParameters parameters,
            DiskCache disk) {
        ReencodedVideo.Otherwise otherwise = without instanceof CodedTrack
                ? ReencodedVideo.Otherwise.LATE
                : hasB ? ReencodedVideo.Otherwise.WITHOUT_B : ReencodedVideo.Otherwise.AS_IN_FILE;
        String name = RenditionName.of(source.id(), how(track, ReductionStep.FULL, parameters));
        lookAhead(track);
        synchronized (this) {
            ReencodedVideo video = videos.acquire(
                    name,
                    () -> video(
                            track,
                            new SharedSource(source),
                            (H264Format) without.format(),
                            otherwise,
                            parameters,
                            disk));
            video.source().attach(source);
            return new ReencodedRendition(video, clock, without, () -> release(video, source));
        }
    }

    /**
     * The track in another size and at another bitrate, as a rendition; its segments are made when they are read, and
     * kept.
     *
     * @param format  what the file's own pictures look like
     */
    public Rendition open(
            Track track,
            ByteSource source,
            H264Format format,
            ScaledSize size,
            ReencodingParameters parameters,
            DiskCache disk) {
        boolean turned = PictureShape.of(format).rotation() % 180 != 0;
        ScaledPicture target = new ScaledPicture(
                turned ? size.height() : size.width(), turned ? size.width() : size.height(), size.bitrate());
        String name = RenditionName.of(
                source.id(),
                "scaled1-" + VideoEncoders.ofProcess().id() + "-" + (parameters.deinterlaces() ? "" : "interlaced-")
                        + target.width() + "x" + target.height() + "-" + target.bitrate() + "-" + track.id());
        lookAhead(track);
        synchronized (this) {
            ReencodedTrack shared = scaled.acquire(
                    name,
                    () -> track(
                            name,
                            EncodingSpec.of(track, format, new SharedSource(source), target, parameters),
                            disk,
                            ALONE));
            shared.spec().source().attach(source);
            return new ScaledRendition(shared, clock, format, () -> release(shared, source));
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

    private ReencodedVideo video(
            Track track,
            SharedSource source,
            H264Format format,
            ReencodedVideo.Otherwise otherwise,
            ReencodingParameters parameters,
            DiskCache disk) {
        ReencodedTrack full = track(track, format, source, ReductionStep.FULL, parameters, disk);
        PictureShape shape = full.spec().shape();
        Optional<ReductionStep> step = parameters.reduces()
                ? ReductionStep.reduction(
                        shape.width(),
                        shape.height(),
                        full.spec().framesPerSecond(),
                        full.spec().decoding(),
                        pool.power())
                : Optional.empty();
        ReencodedTrack reduced = step.map(reduction -> track(track, format, source, reduction, parameters, disk))
                .orElse(null);
        return new ReencodedVideo(full, reduced, otherwise, pool, backlog);
    }

    private ReencodedTrack track(
            Track track,
            H264Format format,
            SharedSource source,
            ReductionStep reduction,
            ReencodingParameters parameters,
            DiskCache disk) {
        String how = how(track, reduction, parameters);
        return track(
                RenditionName.of(source.id(), how),
                EncodingSpec.of(track, format, source, reduction, parameters),
                disk,
                reduction == ReductionStep.FULL ? startUs -> peers.maker(source.id(), how, startUs) : ALONE);
    }

    private ReencodedTrack track(String name, EncodingSpec spec, DiskCache disk, ReencodedTrack.Peers makers) {
        return new ReencodedTrack(name, spec, pool, clock, retryNs, memory, disk, makers);
    }

    /** Names what lies in the disk caches of users: the tag stays, whatever classes are called. */
    private static String how(Track track, ReductionStep reduction, ReencodingParameters parameters) {
        return "bfree3-" + (parameters.deinterlaces() ? "" : "interlaced-") + reduction.cacheTag()
                + parameters.quantizer() + "-" + track.id();
    }

    /** Locked as opening is: an encoder at work for somebody who comes just now is never without a source. */
    private synchronized void release(ReencodedVideo video, ByteSource source) {
        video.source().detach(source);
        videos.release(video);
    }

    /** From now on segments are made by one of several servers. */
    public void shareWith(SegmentPeers others) {
        peers = others;
    }

    /**
     * A segment for another server, of a film that is open here.
     *
     * @param how  what is made of the film
     * @param made whether it is wanted only when it is ready
     * @return empty when it cannot be had, or no picture of it came for {@code patienceNs}
     */
    @Blocking
    public Optional<byte[]> segment(SourceId film, String how, long startUs, boolean made, long patienceNs)
            throws IOException, InterruptedException {
        ReencodedVideo video = videos.acquire(RenditionName.of(film, how), () -> {
            throw new IOException(film.location() + " is not made so here");
        });
        try {
            Segment segment = video.forPeer(startUs, made);
            return segment != null && segment.awaitEnd(clock, patienceNs) && segment.isDone()
                    ? Optional.of(video.bytes(segment))
                    : Optional.empty();
        } finally {
            release(video);
        }
    }

    private synchronized void release(ReencodedVideo video) {
        videos.release(video);
    }

    private synchronized void release(ReencodedTrack shared, ByteSource source) {
        shared.spec().source().detach(source);
        scaled.release(shared);
    }

    /** A core here encodes {@code speed} times as fast as those for which {@link ReductionStep} knows the cost. */
    public void measured(double speed) {
        pool.measured(speed);
    }

    /** The cores are shared with whoever is charged for them there. */
    public void shareWith(CodecCapacity capacity) {
        pool.shareWith(capacity);
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
