package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.codec.ffmpeg.CodecMemory;
import org.reelcast.loop.NanoClock;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.rendition.encoders.EncoderPool;
import org.reelcast.rendition.encoders.EncoderSlot;
import org.reelcast.storage.cache.DiskCache;

/**
 * A film re-encoded at one reduction step, for all who play it: the segments that are made, and who makes the others.
 */
final class ReencodedTrack implements SegmentEncoder.Output, Backlog.Film {
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final long KEPT_BYTES_A_BYTE = 2;
    /** An encoder in the background goes on into the next segment, or it would have to start anew there. */
    private static final long BEYOND_US = 4_000_000;

    private final EncodingSpec spec;
    private final EncoderPool pool;
    private final NanoClock clock;
    private final SegmentStore<SegmentGrid.Bounds, Segment> segments;
    private final EncodingStatus status;
    private final SegmentFile file;
    private final Peers peers;
    /** Of each segment under way. */
    private final Map<Segment, SegmentEncoder> makers = new ConcurrentHashMap<>();

    private final AtomicLong encoded = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean kept = true;

    /** Who else makes segments of this film, at this reduction step. */
    interface Peers {
        Optional<SegmentPeers.Peer> maker(long startUs);
    }

    /** Who waits for a segment. */
    enum Need {
        /** A reader, for its first picture. */
        NOW,
        /** A reader, in some seconds. */
        SOON,
        /** Nobody: it is for later. */
        LATER,
        /** A reader, or another server: it is made here. */
        HERE
    }

    /**
     * @param name    of what is made, see {@link org.reelcast.rendition.cache.RenditionName}
     * @param retryNs after a reader fell behind, when encoding is tried again; twice as long each further time
     */
    ReencodedTrack(
            String name,
            EncodingSpec spec,
            EncoderPool pool,
            NanoClock clock,
            long retryNs,
            MemoryCache<SegmentStore.Key, Segment> memory,
            DiskCache disk,
            Peers peers) {
        this.spec = spec;
        this.peers = peers;
        this.file = new SegmentFile(spec.shape().rotation());
        this.pool = pool;
        this.clock = clock;
        this.segments = new SegmentStore<>(name, file, memory, disk);
        this.status = new EncodingStatus(clock, retryNs);
    }

    EncodingSpec spec() {
        return spec;
    }

    /** Whether readers get it, and why not. */
    EncodingStatus status() {
        return status;
    }

    @Override
    public String file() {
        return spec.file();
    }

    /** Pictures encoded so far. */
    long encoded() {
        return encoded.get();
    }

    /** That segment from memory or disk; null when it is in neither. Has nothing made. */
    Segment ready(SegmentGrid.Bounds bounds) throws IOException {
        return segments.ready(bounds);
    }

    /**
     * That segment: ready, or under way from now on.
     *
     * @throws IOException when there are too many encoders, or no memory for another decoder
     */
    Segment segment(SegmentGrid.Bounds bounds, Need need) throws IOException {
        Segment ready = segments.ready(bounds);
        if (ready != null) {
            return ready;
        }
        if (status.refusal() != null) {
            throw new IOException(status.refusal());
        }
        Segment known = segments.underWay(bounds);
        if (known != null) {
            return known;
        }
        Optional<SegmentPeers.Peer> peer = need == Need.HERE ? Optional.empty() : peers.maker(bounds.startUs());
        return peer.isPresent() ? fetch(bounds, need, peer.get()) : begin(bounds, need, pool.reserve());
    }

    /** That segment from another server: it is under way until that one has answered, and then made here if need be. */
    private Segment fetch(SegmentGrid.Bounds bounds, Need need, SegmentPeers.Peer peer) {
        Segment mine = new Segment(bounds);
        Segment first = segments.begin(bounds, () -> mine);
        if (first == mine) {
            peer.fetch(need != Need.SOON).whenComplete((bytes, failure) -> {
                Segment made = failure == null ? file.read(bytes, bounds) : null;
                if (made == null || !adopt(mine, made)) {
                    makeHere(mine, need);
                }
            });
        }
        return first;
    }

    private boolean adopt(Segment mine, Segment made) {
        made.frames().forEach(mine::add);
        mine.finish();
        try {
            onFinished(mine);
            return true;
        } catch (IOException e) {
            segments.abandon(mine.bounds(), mine);
            return true;
        }
    }

    private void makeHere(Segment mine, Need need) {
        try {
            EncoderSlot slot = pool.reserve();
            SegmentEncoder maker = maker(mine, need, slot);
            makers.put(mine, maker);
            maker.want(mine.bounds().startUs() + (need == Need.LATER ? 0 : BEYOND_US));
            slot.start(maker);
            if (closed) {
                maker.close();
            }
        } catch (IOException e) {
            segments.abandon(mine.bounds(), mine);
            mine.fail(e);
        }
    }

    private SegmentEncoder maker(Segment segment, Need need, EncoderSlot slot) throws IOException {
        try {
            int threads = need == Need.LATER ? pool.backgroundThreads() : pool.threads();
            return new SegmentEncoder(spec, segment, this, slot, clock, threads, need != Need.LATER);
        } catch (IOException e) {
            slot.cancel();
            throw e;
        }
    }

    private Segment begin(SegmentGrid.Bounds bounds, Need need, EncoderSlot slot) throws IOException {
        Segment mine = new Segment(bounds);
        SegmentEncoder maker = maker(mine, need, slot);
        // before others have the segment and want more of it
        makers.put(mine, maker);
        Segment first = segments.begin(bounds, () -> mine);
        if (first == mine && !closed) {
            slot.start(maker);
            return mine;
        }
        makers.remove(mine);
        maker.discard();
        slot.cancel();
        if (first != mine) {
            return first;
        }
        segments.abandon(bounds, mine);
        IOException failure = new IOException(file() + " is closed");
        mine.fail(failure);
        throw failure;
    }

    /** A reader of the segment wants all up to {@code untilUs}; nothing happens when it is not under way. */
    void want(Segment segment, long untilUs) {
        SegmentEncoder maker = makers.get(segment);
        if (maker != null) {
            maker.want(untilUs);
        }
    }

    /** Whether that segment is being made for viewers. */
    boolean isWanted(SegmentGrid.Bounds bounds) {
        Segment segment = segments.underWay(bounds);
        SegmentEncoder maker = segment == null ? null : makers.get(segment);
        return maker != null && maker.isWantedAt(clock.nowNs());
    }

    @Override
    public Segment makeInBackground(long timeUs) throws IOException {
        Segment segment = segment(spec.grid().at(timeUs), Need.LATER);
        SegmentEncoder maker = makers.get(segment);
        if (maker != null) {
            SegmentGrid.Bounds bounds = segment.bounds();
            maker.wantInBackground(bounds.isLast() ? Long.MAX_VALUE : bounds.endUs() + BEYOND_US);
        }
        return segment;
    }

    @Override
    public long firstMissingUs(long timeUs) throws IOException {
        SegmentGrid.Bounds bounds = spec.grid().at(timeUs);
        while (segments.has(bounds)) {
            SegmentGrid.Bounds next = bounds.isLast() ? bounds : spec.grid().at(bounds.endUs());
            if (next.startUs() <= bounds.startUs()) {
                return Long.MAX_VALUE;
            }
            bounds = next;
        }
        return bounds.startUs();
    }

    @Override
    public boolean isKept() {
        return kept;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void onMadeUpTo(long timeUs) {
        status.finishing((double) timeUs / Math.max(1, spec.track().durationUs()));
    }

    @Override
    public void onWhole() {
        status.whole();
    }

    @Override
    public void onLeft() {
        status.finishing(-1);
        status.tried();
    }

    /**
     * Whether it is worth while to make it whole in the background: there is room for it, and it was not just tried.
     */
    boolean isWorthFinishing() {
        return status.refusal() == null
                && !status.isTriedLately()
                && segments.holds(KEPT_BYTES_A_BYTE * spec.source().size());
    }

    /** Whether who starts to play now needs an encoder that none has time or memory to be. */
    boolean isStarved() {
        if (!pool.isSaturated() && CodecMemory.ofProcess().hasRoomFor(spec.memoryBytes())) {
            return false;
        }
        try {
            SegmentGrid.Bounds first = spec.grid().at(0);
            return !segments.isAtHand(first) && segments.ready(first) == null;
        } catch (IOException | UncheckedIOException e) {
            return false; // playing says what is wrong with the file
        }
    }

    @Override
    public Segment begin(long startUs, SegmentEncoder encoder) throws IOException {
        SegmentGrid.Bounds bounds = spec.grid().at(startUs);
        boolean others = encoder.isWantedAt(clock.nowNs())
                && peers.maker(bounds.startUs()).isPresent();
        if (segments.has(bounds) || closed || others) {
            return null;
        }
        Segment mine = new Segment(bounds);
        makers.put(mine, encoder);
        if (segments.begin(bounds, () -> mine) == mine) {
            return mine;
        }
        makers.remove(mine);
        return null;
    }

    @Override
    public void onPicture() {
        encoded.incrementAndGet();
    }

    @Override
    public void onFinished(Segment segment) throws IOException {
        makers.remove(segment);
        kept = segments.keep(segment.bounds(), segment);
    }

    @Override
    public void onTooMuch(String why) {
        status.refuse(why);
    }

    @Override
    public void onGone(SegmentEncoder encoder, Segment last) {
        makers.remove(last);
        segments.abandon(last.bounds(), last);
    }

    void close() {
        closed = true;
        makers.values().forEach(SegmentEncoder::close);
    }
}
