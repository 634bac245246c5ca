package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.media.Frame;

/**
 * The encoder of a film from one place on, segment after segment, as far as its readers want it: up to a horizon a
 * little ahead of them. It works in short steps on the pool's threads, so that films share them; never on two at once.
 */
final class SegmentEncoder implements Runnable, Comparable<SegmentEncoder> {
    private static final Logger LOG = Logger.getLogger(SegmentEncoder.class.getName());
    private static final int PICTURES_A_STEP = 6;
    /** Whoever reads wants more with each segment at least, and waits so long for the first picture. */
    private static final long WANTED_NS = 6_000_000_000L;
    /** So that whoever is waited for need not wait for what nobody waits for. */
    private static final int PICTURES_A_STEP_IN_BACKGROUND = 1;

    private final ReencodedTrack track;
    private final FilmDecoder decoder;
    private final FrameEncoder encoder;
    private Segment segment;
    private boolean finished;
    private long lastUs = Long.MIN_VALUE;

    // guarded by this
    private long horizonUs;
    private long backgroundUs;
    private long madeUs;
    private boolean scheduled;
    private boolean closing;
    private boolean closed;
    private long idleSince;
    private volatile long wantedNs;
    /** As it was when it was put in line; read by others, without the lock. */
    private volatile long slackUs;

    /**
     * An encoder whose first segment is {@code bounds}. The pool has made room for it.
     *
     * @param maxThreads that it may keep busy
     * @param wanted     whether somebody waits for it
     */
    SegmentEncoder(ReencodedTrack track, SegmentGrid.Bounds bounds, int maxThreads, boolean wanted) {
        this.track = track;
        this.decoder = new FilmDecoder(track, bounds, maxThreads);
        this.encoder = new FrameEncoder(track, maxThreads);
        this.segment = new Segment(bounds, this);
        this.madeUs = bounds.startUs();
        this.horizonUs = madeUs;
        this.wantedNs = System.nanoTime() - (wanted ? 0 : WANTED_NS);
        this.backgroundUs = madeUs;
    }

    /** The segment under way, or the one that it made last. */
    synchronized Segment segment() {
        return segment;
    }

    /** A reader wants all up to {@code untilUs}. */
    synchronized void want(long untilUs) {
        wantedNs = System.nanoTime();
        if (untilUs > horizonUs) {
            horizonUs = untilUs;
            if (scheduled && slackUs >= 0) {
                track.pool().hurry(this, () -> slackUs = madeUs - horizonUs);
            }
        }
        schedule();
    }

    /** Whether somebody reads what it makes. */
    boolean isWantedAt(long nowNs) {
        return nowNs - wantedNs < WANTED_NS;
    }

    ReencodedTrack track() {
        return track;
    }

    /** All up to {@code untilUs} shall be made when there is time: nobody waits for it. */
    synchronized void wantInBackground(long untilUs) {
        backgroundUs = Math.max(backgroundUs, untilUs);
        schedule();
    }

    private void schedule() {
        if (!scheduled && !closing && hasWork()) {
            scheduled = true;
            slackUs = madeUs - horizonUs;
            track.pool().busy(this);
            track.pool().execute(this, 0);
        }
    }

    private boolean hasWork() {
        return !finished && madeUs < Math.max(horizonUs, backgroundUs);
    }

    /** How far what is made is beyond what is wanted, in film time; negative for short of it. */
    long slackUs() {
        return slackUs;
    }

    /** Whether it makes what nobody waits for. */
    boolean isInBackground() {
        return slackUs >= 0;
    }

    /** The pool's order: the less of what is wanted is made, the sooner. */
    @Override
    public int compareTo(SegmentEncoder other) {
        return Long.compare(slackUs, other.slackUs);
    }

    @Override
    public void run() {
        IOException failure = null;
        boolean failed = false;
        track.pool().work(this);
        long sinceNs = System.nanoTime();
        try {
            step();
        } catch (IOException e) {
            failed = true;
            failure = e;
        } catch (RuntimeException | Error e) {
            failed = true;
            failure = new IOException("Re-encoding failed: " + e, e);
            LOG.log(Level.SEVERE, "Re-encoding " + track.file() + " failed", e);
        } finally {
            track.pool().rest();
        }
        synchronized (this) {
            if (failed) {
                finished = true;
                closing = true;
            }
            closing |= finished;
            if (!closing && hasWork()) {
                slackUs = madeUs - horizonUs;
                track.pool().execute(this, isInBackground() ? track.pool().restNs(System.nanoTime() - sinceNs) : 0);
                return;
            }
            scheduled = false;
            idleSince = System.nanoTime();
        }
        if (failed || closingNow()) {
            free(failure);
        } else {
            track.pool().idle(this);
        }
    }

    private synchronized boolean closingNow() {
        return closing;
    }

    synchronized long idleSince() {
        return idleSince;
    }

    private void step() throws IOException {
        int made = 0;
        int enough = isInBackground() ? PICTURES_A_STEP_IN_BACKGROUND : PICTURES_A_STEP;
        while (made < enough && !finished && !closingNow()) {
            FilmDecoder.Step step = decoder.step(this);
            if (step == FilmDecoder.Step.PICTURE) {
                made += take() ? 1 : 0;
            } else if (step == FilmDecoder.Step.END) {
                finish(segment);
                finished = true;
            }
        }
    }

    /** Encodes the decoder's picture into the segment where it belongs; false when it belongs to none. */
    private boolean take() throws IOException {
        long timeUs = decoder.timeUs();
        if (timeUs < 0 || timeUs <= lastUs || timeUs < segment.bounds().startUs()
                || timeUs >= track.track().durationUs()) {
            return false;
        }
        while (timeUs >= segment.bounds().endUs()) {
            if (!nextSegment()) {
                finished = true;
                return false;
            }
        }
        if (!encoder.wants(timeUs)) {
            return false;
        }
        if (segment.isFull()) {
            track.refuse(Segment.TOO_MUCH);
            LOG.log(Level.WARNING, "{0} is re-encoded no more: {1}. It goes on without its B-frames",
                    new Object[] {track.file(), Segment.TOO_MUCH});
            throw new IOException(Segment.TOO_MUCH);
        }
        Frame frame = encoder.encode(decoder.picture(), timeUs);
        lastUs = timeUs;
        synchronized (this) {
            madeUs = timeUs;
        }
        track.counted();
        segment.add(frame);
        return true;
    }

    private void finish(Segment made) throws IOException {
        made.finish();
        track.finished(made);
    }

    /** Goes on to the next segment; false when somebody else has it or makes it. */
    private boolean nextSegment() throws IOException {
        Segment made = segment;
        try {
            // before anybody sees that this segment is done and has the next one made elsewhere
            Segment next = track.begin(made.bounds().endUs(), this);
            if (next == null) {
                return false;
            }
            synchronized (this) {
                segment = next;
            }
        } finally {
            finish(made);
        }
        encoder.beginSegment();
        return true;
    }

    void closeIfIdleSince(long since) {
        if (idleSince() == since) {
            closeIfIdle();
        }
    }

    /** Gives back all that it has, unless it is at work or about to be. */
    void closeIfIdle() {
        synchronized (this) {
            if (scheduled || closing) {
                return;
            }
            closing = true;
        }
        free(null);
    }

    /** Stops it; what is at work now ends first. */
    void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            if (scheduled) {
                return;
            }
        }
        free(null);
    }

    private void free(IOException why) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Segment last = segment();
        // first: who is told that it failed asks for it again
        track.gone(this, last);
        if (!last.isDone()) {
            last.fail(why);
        }
        track.pool().closed(this);
        encoder.close();
        decoder.close();
    }
}
