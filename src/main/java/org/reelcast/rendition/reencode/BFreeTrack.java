package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.mp4.Track;
import org.reelcast.rendition.cache.MemoryCache;
import org.reelcast.rendition.h264.PictureReader;
import org.reelcast.rendition.samples.SharedSource;
import org.reelcast.storage.cache.DiskCache;

/** One film without its B-frames, for all who play it: which pieces there are, and who makes those that are not. */
final class BFreeTrack {
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final long KEPT_BYTES_A_BYTE = 2;
    private static final long AGAIN_NS = 3_600_000_000_000L;

    /** Names a piece of any film in the memory that all share. */
    record Key(String track, long startUs) {
    }

    private final String name;
    private final Track track;
    private final SharedSource source;
    private final PieceGrid grid;
    private final int quantizer;
    private final Scale scale;
    private final Slowness slowness;
    private final FrameRate rate;
    private final EncoderPool pool;
    private final MemoryCache<Key, Piece> memory;
    private final DiskCache disk;
    private final AtomicLong encoded = new AtomicLong();

    // guarded by this
    private final Map<Long, Piece> underWay = new HashMap<>();
    private final List<BFreeRun> runs = new ArrayList<>();
    private boolean closed;
    private String complaint;
    private volatile boolean isKept = true;
    private volatile long triedNs = System.nanoTime() - AGAIN_NS - 1;
    private volatile double finishedShare = -1;

    /** @param retryNs after a reader fell behind, when encoding is tried again; twice as long each further time */
    BFreeTrack(String name, Track track, SharedSource source, Scale scale, int quantizer, long retryNs,
            EncoderPool pool, MemoryCache<Key, Piece> memory, DiskCache disk) {
        this.name = name;
        this.track = track;
        this.source = source;
        this.scale = scale;
        this.grid = new PieceGrid(track, this.source);
        this.quantizer = quantizer;
        this.slowness = new Slowness(retryNs);
        this.pool = pool;
        this.memory = memory;
        this.disk = disk;
        this.rate = FrameRate.of(track.samples());
    }

    Track track() {
        return track;
    }

    /** Where it is cut: the same for a film at any scale. */
    PieceGrid grid() {
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

    Scale scale() {
        return scale;
    }

    /** Whether the picture that was read last, shown at {@code timeUs}, need not even be decoded. */
    boolean skips(PictureReader picture, long timeUs) {
        return scale.skips(Math.round(rate.pictures(timeUs)), picture.isReference());
    }

    /** Whether a picture at {@code timeUs} is shown after one at {@code lastUs}. */
    boolean shows(long timeUs, long lastUs) {
        return scale.shows(rate.pictures(timeUs - lastUs));
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
     * That piece: ready, or under way from now on.
     *
     * @throws IOException when there are too many encoders
     */
    Piece piece(PieceGrid.Bounds bounds) throws IOException {
        return piece(bounds, pool.threads(), true);
    }

    /** The same for what nobody waits for: whoever makes it takes fewer cores. */
    Piece pieceInBackground(long timeUs) throws IOException {
        return piece(grid.at(timeUs), pool.backgroundThreads(), false);
    }

    /** Whether that piece is being made for viewers. */
    synchronized boolean isWanted(PieceGrid.Bounds bounds) {
        Piece piece = underWay.get(bounds.startUs());
        BFreeRun maker = piece == null ? null : piece.maker();
        return maker != null && maker.isWantedAt(System.nanoTime());
    }

    /** Whether the encoders have time for this, rather than {@code instead}, beside all that others wait for. */
    boolean hasTime(BFreeTrack instead) {
        return pool.hasTime(this, instead);
    }

    /** Cores that it takes to make it as fast as it is shown. */
    double cores() {
        return scale.cores(track.width(), track.height(), rate.perSecond());
    }

    private Piece piece(PieceGrid.Bounds bounds, int threads, boolean wanted) throws IOException {
        Piece ready = ready(bounds);
        if (ready != null) {
            return ready;
        }
        if (slowness.never() != null) {
            throw new IOException(slowness.never());
        }
        Piece made = underWay(bounds);
        if (made != null) {
            return made;
        }
        pool.open();
        synchronized (this) {
            made = underWay(bounds);
            if (made == null && !closed) {
                BFreeRun run = new BFreeRun(this, bounds, threads, wanted);
                runs.add(run);
                pool.opened(run);
                underWay.put(bounds.startUs(), run.piece());
                return run.piece();
            }
        }
        pool.cancel();
        if (made == null) {
            throw new IOException(file() + " is closed");
        }
        return made;
    }

    /** What is being made, or was just now: it may have been finished since somebody looked whether it is ready. */
    private synchronized Piece underWay(PieceGrid.Bounds bounds) {
        Piece made = underWay.get(bounds.startUs());
        return made != null ? made : memory.get(new Key(name, bounds.startUs()));
    }

    /** That piece from memory or disk; null when it is in neither. Has nothing made. */
    Piece ready(PieceGrid.Bounds bounds) {
        Key key = new Key(name, bounds.startUs());
        Piece piece = memory.get(key);
        if (piece == null) {
            byte[] bytes = disk.get(name, file(bounds.startUs()));
            piece = bytes == null ? null : PieceFile.read(bytes, bounds, track.rotation());
            if (piece != null) {
                memory.put(key, piece);
            }
        }
        return piece;
    }

    private static String file(long startUs) {
        return startUs + ".h264";
    }

    /** Whether who starts to play now needs an encoder that none has time to be. */
    boolean isStarved() {
        if (!pool.isSaturated()) {
            return false;
        }
        try {
            PieceGrid.Bounds first = grid.at(0);
            return underWay(first) == null && ready(first) == null;
        } catch (IOException | UncheckedIOException e) {
            return false; // playing says what is wrong with the file
        }
    }

    /** The run goes on to the piece at {@code startUs}; null when that is ready or under way elsewhere. */
    Piece begin(long startUs, BFreeRun run) throws IOException {
        PieceGrid.Bounds bounds = grid.at(startUs);
        boolean known = isMade(bounds);
        synchronized (this) {
            if (known || closed || underWay(bounds) != null) {
                return null;
            }
            Piece piece = new Piece(bounds, run);
            underWay.put(bounds.startUs(), piece);
            return piece;
        }
    }

    private boolean isMade(PieceGrid.Bounds bounds) {
        return memory.get(new Key(name, bounds.startUs())) != null || disk.has(name, file(bounds.startUs()));
    }

    /** Where the first piece at or after {@code timeUs} starts that is not made; {@link Long#MAX_VALUE} for none. */
    long firstMissingUs(long timeUs) throws IOException {
        PieceGrid.Bounds bounds = grid.at(timeUs);
        while (isMade(bounds)) {
            PieceGrid.Bounds next = bounds.isLast() ? bounds : grid.at(bounds.endUs());
            if (next.startUs() <= bounds.startUs()) {
                return Long.MAX_VALUE;
            }
            bounds = next;
        }
        return bounds.startUs();
    }

    void finished(Piece piece) {
        memory.put(new Key(name, piece.bounds().startUs()), piece);
        synchronized (this) {
            underWay.remove(piece.bounds().startUs(), piece);
        }
        isKept = disk.put(name, file(piece.bounds().startUs()), PieceFile.write(piece));
    }

    synchronized void gone(BFreeRun run, Piece last) {
        runs.remove(run);
        underWay.remove(last.bounds().startUs(), last);
    }

    /** A reader's pictures came too late: for a while none tries. @return whether it was not known yet */
    boolean behind(String why) {
        pool.fellBehind();
        slowness.again(System.nanoTime());
        return complain(why);
    }

    /** A piece is too much for the memory of any machine: no more are made. */
    synchronized void refuse(String why) {
        slowness.never(why);
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
        return slowness.never() == null && System.nanoTime() - triedNs > AGAIN_NS
                && disk.holds(KEPT_BYTES_A_BYTE * source.size()) && pool.backlog().add(this);
    }

    /** How much of it is made in the background for later viewers, 0 to 1; negative while that is not at work. */
    void finishing(double share) {
        finishedShare = share;
    }

    /** All of it is made: there is nothing left to fall behind at. */
    synchronized void whole() {
        slowness.forget();
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
        return slowness.is(System.nanoTime());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    void close() {
        List<BFreeRun> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(runs);
        }
        all.forEach(BFreeRun::close);
    }
}
