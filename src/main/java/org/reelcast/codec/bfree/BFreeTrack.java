package org.reelcast.codec.bfree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.storage.cache.DiskCache;
import org.reelcast.codec.cache.MemoryCache;
import org.reelcast.codec.samples.SharedSource;
import org.reelcast.codec.video.PictureReader;
import org.reelcast.mp4.SampleTable;
import org.reelcast.mp4.Track;

/** One film without its B-frames, for all who play it: which pieces there are, and who makes those that are not. */
final class BFreeTrack {
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final long KEPT_BYTES_A_BYTE = 2;
    private static final double ONE_PICTURE_US = 1_000_000;
    private static final int MAX_FRAMES_PER_SECOND = 240;

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
    private final double frameUs;
    private final int framesPerSecond;
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
        this.frameUs = frameUs(track.samples());
        this.framesPerSecond = (int) Math.max(1, Math.min(MAX_FRAMES_PER_SECOND, Math.round(1_000_000 / frameUs)));
    }

    /** How long a picture lasts on average, of those that the index tells of so far. */
    private static double frameUs(SampleTable samples) {
        int last = samples.count() - 1;
        return last < 1 ? ONE_PICTURE_US
                : Math.max(1.0, samples.decodeTimeUs(last) - samples.decodeTimeUs(0)) / last;
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

    Scale scale() {
        return scale;
    }

    /** Whether the picture that was read last, shown at {@code timeUs}, need not even be decoded. */
    boolean skips(PictureReader picture, long timeUs) {
        return scale.skips(Math.round(timeUs / frameUs), picture.isReference());
    }

    /** Whether a picture at {@code timeUs} is shown after one at {@code lastUs}. */
    boolean shows(long timeUs, long lastUs) {
        return scale.shows((timeUs - lastUs) / frameUs);
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

    /** Whether the piece that holds {@code timeUs} is being made. */
    boolean isUnderWay(long timeUs) throws IOException {
        return isUnderWay(grid.at(timeUs));
    }

    private synchronized boolean isUnderWay(PieceGrid.Bounds bounds) {
        return underWay.containsKey(bounds.startUs());
    }

    /** Whether the encoders have time for this beside all that they do for viewers of other films. */
    boolean hasTime(BFreeTrack sameFilm) {
        return pool.hasTime(cores(), run -> !run.isOf(this) && !run.isOf(sameFilm));
    }

    /** Cores that it takes to make it as fast as it is shown. */
    double cores() {
        return scale.cores(track.width(), track.height(), framesPerSecond);
    }

    private Piece piece(PieceGrid.Bounds bounds, int threads) throws IOException {
        Piece ready = ready(bounds);
        if (ready != null) {
            return ready;
        }
        Piece made = underWay(bounds);
        if (made != null) {
            return made;
        }
        pool.open();
        synchronized (this) {
            made = underWay(bounds);
            if (made == null && !closed) {
                BFreeRun run = new BFreeRun(this, bounds, threads);
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
            return !isUnderWay(first) && ready(first) == null;
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
        if (!disk.put(name, file(piece.bounds().startUs()), PieceFile.write(piece))) {
            isKept = false;
        }
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

    /** It is made whole in the background, if there is room for it. @return whether it is */
    boolean finishLater() {
        return disk.holds(KEPT_BYTES_A_BYTE * source.size()) && pool.backlog().add(this);
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
