package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.cache.SegmentStore;
import org.reelcast.rendition.h264.PictureReader;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.storage.cache.DiskCache;

/**
 * A film re-encoded at one reduction step, for all who play it: the segments that are made, and who makes the others.
 */
final class ReencodedTrack {
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final long KEPT_BYTES_A_BYTE = 2;
    private static final long AGAIN_NS = 3_600_000_000_000L;

    private final Track track;
    private final SharedSource source;
    private final SegmentGrid grid;
    private final int quantizer;
    private final ReductionStep reduction;
    private final RetryBackoff backoff;
    private final FrameRate rate;
    private final EncoderPool pool;
    private final SegmentStore<SegmentGrid.Bounds, Segment> segments;
    private final AtomicLong encoded = new AtomicLong();

    // guarded by this
    private final List<SegmentEncoder> encoders = new ArrayList<>();
    private boolean closed;
    private String complaint;
    private volatile boolean isKept = true;
    private volatile long triedNs = System.nanoTime() - AGAIN_NS - 1;
    private volatile double finishedShare = -1;

    /** @param retryNs after a reader fell behind, when encoding is tried again; twice as long each further time */
    ReencodedTrack(String name, Track track, SharedSource source, ReductionStep reduction, int quantizer, long retryNs,
            EncoderPool pool, MemoryCache<SegmentStore.Key, Segment> memory, DiskCache disk) {
        this.track = track;
        this.source = source;
        this.reduction = reduction;
        this.grid = new SegmentGrid(track, this.source);
        this.quantizer = quantizer;
        this.backoff = new RetryBackoff(retryNs);
        this.pool = pool;
        this.segments = new SegmentStore<>(name, new SegmentFile(track.rotation()), memory, disk);
        this.rate = FrameRate.of(track.samples());
    }

    Track track() {
        return track;
    }

    /** Where it is cut: the same for a film at any reduction step. */
    SegmentGrid grid() {
        return grid;
    }

    SharedSource source() {
        return source;
    }

    String file() {
        return source.id().location();
    }

    int quantizer() {
        return quantizer;
    }

    ReductionStep reduction() {
        return reduction;
    }

    /** Whether the picture that was read last, shown at {@code timeUs}, need not even be decoded. */
    boolean skips(PictureReader picture, long timeUs) {
        return reduction.skips(Math.round(rate.pictures(timeUs)), picture.isReference());
    }

    /** Whether a picture at {@code timeUs} is shown after one at {@code lastUs}. */
    boolean shows(long timeUs, long lastUs) {
        return reduction.shows(rate.pictures(timeUs - lastUs));
    }

    int framesPerSecond() {
        return rate.perSecond();
    }

    EncoderPool pool() {
        return pool;
    }

    /** Pictures encoded so far. */
    long encoded() {
        return encoded.get();
    }

    void counted() {
        encoded.incrementAndGet();
    }

    /**
     * That segment: ready, or under way from now on.
     *
     * @throws IOException when there are too many encoders
     */
    Segment segment(SegmentGrid.Bounds bounds) throws IOException {
        return segment(bounds, pool.threads(), true);
    }

    /** The same for what nobody waits for: whoever makes it takes fewer cores. */
    Segment segmentInBackground(long timeUs) throws IOException {
        return segment(grid.at(timeUs), pool.backgroundThreads(), false);
    }

    /** Whether that segment is being made for viewers. */
    boolean isWanted(SegmentGrid.Bounds bounds) {
        Segment segment = segments.underWay(bounds);
        SegmentEncoder maker = segment == null ? null : segment.maker();
        return maker != null && maker.isWantedAt(System.nanoTime());
    }

    /** Whether the encoders have time for this, rather than {@code instead}, beside all that others wait for. */
    boolean hasTime(ReencodedTrack instead) {
        return pool.hasTime(this, instead);
    }

    /** Cores that it takes to make it as fast as it is shown. */
    double cores() {
        return reduction.cores(track.width(), track.height(), rate.perSecond());
    }

    private Segment segment(SegmentGrid.Bounds bounds, int threads, boolean wanted) throws IOException {
        Segment ready = segments.ready(bounds);
        if (ready != null) {
            return ready;
        }
        if (backoff.never() != null) {
            throw new IOException(backoff.never());
        }
        Segment known = segments.underWay(bounds);
        if (known != null) {
            return known;
        }
        pool.open();
        SegmentEncoder encoder = new SegmentEncoder(this, bounds, threads, wanted);
        Segment mine = encoder.segment();
        Segment first = segments.begin(bounds, () -> mine);
        if (first != mine) {
            pool.cancel();
            return first;
        }
        if (!isTaken(encoder)) {
            encoder.close();
            throw new IOException(file() + " is closed");
        }
        return mine;
    }

    private synchronized boolean isTaken(SegmentEncoder encoder) {
        if (!closed) {
            encoders.add(encoder);
            pool.opened(encoder);
        }
        return !closed;
    }

    /** That segment from memory or disk; null when it is in neither. Has nothing made. */
    Segment ready(SegmentGrid.Bounds bounds) throws IOException {
        return segments.ready(bounds);
    }

    /** Whether who starts to play now needs an encoder that none has time to be. */
    boolean isStarved() {
        if (!pool.isSaturated()) {
            return false;
        }
        try {
            SegmentGrid.Bounds first = grid.at(0);
            return !segments.isAtHand(first) && segments.ready(first) == null;
        } catch (IOException | UncheckedIOException e) {
            return false; // playing says what is wrong with the file
        }
    }

    /** The encoder goes on to the segment at {@code startUs}; null when that is ready or under way elsewhere. */
    Segment begin(long startUs, SegmentEncoder encoder) throws IOException {
        SegmentGrid.Bounds bounds = grid.at(startUs);
        if (segments.has(bounds) || isClosed()) {
            return null;
        }
        Segment mine = new Segment(bounds, encoder);
        return segments.begin(bounds, () -> mine) == mine ? mine : null;
    }

    /** Where the first segment at or after {@code timeUs} starts that is not made; {@link Long#MAX_VALUE} for none. */
    long firstMissingUs(long timeUs) throws IOException {
        SegmentGrid.Bounds bounds = grid.at(timeUs);
        while (segments.has(bounds)) {
            SegmentGrid.Bounds next = bounds.isLast() ? bounds : grid.at(bounds.endUs());
            if (next.startUs() <= bounds.startUs()) {
                return Long.MAX_VALUE;
            }
            bounds = next;
        }
        return bounds.startUs();
    }

    void finished(Segment segment) throws IOException {
        isKept = segments.keep(segment.bounds(), segment);
    }

    void gone(SegmentEncoder encoder, Segment last) {
        synchronized (this) {
            encoders.remove(encoder);
        }
        segments.abandon(last.bounds(), last);
    }

    /** A reader's pictures came too late: for a while none tries. @return whether it was not known yet */
    boolean behind(String why) {
        pool.fellBehind();
        backoff.again(System.nanoTime());
        return complain(why);
    }

    /** A segment is too much for the memory of any machine: no more are made. */
    synchronized void refuse(String why) {
        backoff.never(why);
        complaint = why;
    }

    /** It is not what readers get for now. @return whether that was not known yet */
    synchronized boolean complain(String why) {
        boolean known = complaint != null;
        complaint = known ? complaint : why;
        return !known;
    }

    /** A reader that fell behind is back. @return whether there was something to complain of */
    synchronized boolean caughtUp() {
        boolean complained = complaint != null;
        complaint = null;
        return complained;
    }

    /** It was made whole in the background, or could not be: not tried again for an hour. */
    void tried() {
        triedNs = System.nanoTime();
    }

    /** It is made whole in the background, if there is room for it. @return whether it is */
    boolean finishLater() {
        return backoff.never() == null && System.nanoTime() - triedNs > AGAIN_NS
                && segments.holds(KEPT_BYTES_A_BYTE * source.size()) && pool.backlog().add(this);
    }

    /** How much of it is made in the background for later viewers, 0 to 1; negative while that is not at work. */
    void finishing(double share) {
        finishedShare = share;
    }

    /** All of it is made: there is nothing left to fall behind at. */
    synchronized void whole() {
        backoff.forget();
        complaint = null;
    }

    /** Whether it is made for later viewers, or is about to be. */
    boolean isInBacklog() {
        return pool.backlog().has(this);
    }

    /** Whether what is made is still there later. */
    boolean isKept() {
        return isKept;
    }

    /** Why readers do not get it; null when all do. */
    synchronized String complaint() {
        return complaint;
    }

    /** How much of it is made in the background so far, 0 to 1; negative while that is not at work. */
    double finishedShare() {
        return finishedShare;
    }

    /** Whether a reader fell behind a short time ago: then no other tries. */
    boolean isSlow() {
        return backoff.is(System.nanoTime());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    void close() {
        List<SegmentEncoder> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(encoders);
        }
        all.forEach(SegmentEncoder::close);
    }
}
