package org.reelcast.codec.bfree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.storage.cache.DiskCache;
import org.reelcast.codec.cache.MemoryCache;
import org.reelcast.codec.samples.SharedSource;
import org.reelcast.mp4.Track;
import org.reelcast.storage.ByteSource;

/** One film without its B-frames, for all who play it: which pieces there are, and who makes those that are not. */
final class BFreeTrack {
    private static final Logger LOG = Logger.getLogger(BFreeTrack.class.getName());
    private static final long MAX_RETRY_NS = 600_000_000_000L;
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final long KEPT_BYTES_A_BYTE = 2;

    /** Names a piece of any film in the memory that all share. */
    record Key(String track, long startUs) {
    }

    private final String name;
    private final Track track;
    private final SharedSource source;
    private final PieceGrid grid;
    private final int quantizer;
    private final long retryNs;
    private final int framesPerSecond;
    private final EncoderPool pool;
    private final MemoryCache<Key, Piece> memory;
    private final DiskCache disk;
    private final AtomicLong encoded = new AtomicLong();

    // guarded by this
    private final Map<Long, Piece> underWay = new HashMap<>();
    private final List<BFreeRun> runs = new ArrayList<>();
    private boolean closed;
    private boolean slow;
    private long slowSince;
    private long slowForNs;
    private String complaint;
    private volatile boolean isKept = true;
    private volatile double finishedShare = -1;

    /** @param retryNs after a reader fell behind, when encoding is tried again; twice as long each further time */
    BFreeTrack(String name, Track track, ByteSource source, int quantizer, long retryNs, EncoderPool pool,
            MemoryCache<Key, Piece> memory, DiskCache disk) {
        this.name = name;
        this.track = track;
        this.source = new SharedSource(source);
        this.grid = new PieceGrid(track, this.source);
        this.quantizer = quantizer;
        this.retryNs = retryNs;
        this.pool = pool;
        this.memory = memory;
        this.disk = disk;
        long durationUs = Math.max(1, track.durationUs());
        this.framesPerSecond = (int) Math.max(1, Math.min(240, track.samples().count() * 1_000_000L / durationUs));
    }

    Track track() {
        return track;
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

    int framesPerSecond() {
        return framesPerSecond;
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
     * The piece that holds {@code timeUs}: ready, or under way from now on.
     *
     * @throws IOException when the file's index breaks there or there are too many encoders
     */
    Piece piece(long timeUs) throws IOException {
        return piece(grid.at(timeUs), pool.threads());
    }

    /** The same for what nobody waits for: whoever makes it takes fewer cores. */
    Piece pieceInBackground(long timeUs) throws IOException {
        return piece(grid.at(timeUs), pool.backgroundThreads());
    }

    /** The piece that holds {@code timeUs} if it is ready, else null; has nothing made. */
    Piece readyPiece(long timeUs) throws IOException {
        return ready(grid.at(timeUs));
    }

    private Piece piece(PieceGrid.Bounds bounds, int threads) throws IOException {
        Piece ready = ready(bounds);
        if (ready != null) {
            return ready;
        }
        synchronized (this) {
            Piece made = underWay.get(bounds.startUs());
            if (made != null) {
                return made;
            }
        }
        pool.open();
        Piece made;
        synchronized (this) {
            made = underWay.get(bounds.startUs());
            if (made == null && !closed) {
                BFreeRun run = new BFreeRun(this, bounds, threads);
                runs.add(run);
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

    /** From memory or disk; null when it is in neither. */
    private Piece ready(PieceGrid.Bounds bounds) {
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
            synchronized (this) {
                if (underWay.containsKey(first.startUs())) {
                    return false;
                }
            }
            return ready(first) == null;
        } catch (IOException | UncheckedIOException e) {
            return false; // playing says what is wrong with the file
        }
    }

    /** The run goes on to the piece at {@code startUs}; null when that is ready or under way elsewhere. */
    Piece begin(long startUs, BFreeRun run) throws IOException {
        PieceGrid.Bounds bounds = grid.at(startUs);
        boolean known = isMade(bounds);
        synchronized (this) {
            if (known || closed || underWay.containsKey(bounds.startUs())) {
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
        if (!disk.put(name, file(piece.bounds().startUs()), PieceFile.write(piece))) {
            isKept = false;
        }
    }

    synchronized void gone(BFreeRun run, Piece last) {
        runs.remove(run);
        underWay.remove(last.bounds().startUs(), last);
    }

    /** A reader goes on without B-frames. */
    void behind(String why) {
        pool.fellBehind();
        synchronized (this) {
            if (!isSlow()) {
                long quietNs = System.nanoTime() - slowSince - slowForNs;
                slowForNs = slowForNs == 0 || quietNs > slowForNs ? retryNs : Math.min(2 * slowForNs, MAX_RETRY_NS);
            }
            slow = true;
            slowSince = System.nanoTime();
            if (complaint != null) {
                return;
            }
            complaint = why;
        }
        boolean later = disk.holds(KEPT_BYTES_A_BYTE * source.size()) && pool.backlog().add(this);
        LOG.log(Level.WARNING, "{0} is not re-encoded: {1}. It goes on without its B-frames, at a lower frame rate{2}",
                new Object[] {file(), why, later ? "; it is encoded in the background for later viewers" : ""});
    }

    /** A reader goes on without B-frames, as others did a short time ago. */
    synchronized void stillBehind() {
        complaint = complaint == null ? "pictures were not encoded as fast as they are shown" : complaint;
    }

    /** A reader that fell behind is back. */
    void caughtUp() {
        synchronized (this) {
            if (complaint == null) {
                return;
            }
            complaint = null;
        }
        LOG.log(Level.INFO, "{0} is re-encoded again, with all its pictures", file());
    }

    /** How much of it is made in the background for later viewers, 0 to 1; negative while that is not at work. */
    void finishing(double share) {
        finishedShare = share;
    }

    /** All of it is made: there is nothing left to fall behind at. */
    synchronized void whole() {
        slow = false;
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

    /** Why readers go on without B-frames; null when none does. */
    synchronized String complaint() {
        double share = finishedShare;
        return complaint == null || share < 0 ? complaint
                : String.format(Locale.ROOT, "%s (%.0f %% is encoded for later viewers)", complaint, share * 100);
    }

    /** Whether a reader fell behind a short time ago: then no other tries. */
    synchronized boolean isSlow() {
        if (slow && System.nanoTime() - slowSince > slowForNs) {
            slow = false;
        }
        return slow;
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
