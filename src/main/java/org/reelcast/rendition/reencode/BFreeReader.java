package org.reelcast.rendition.reencode;

import java.io.IOException;
import org.reelcast.media.Frame;
import org.reelcast.rendition.FrameReader;

/**
 * Walks over the pictures of a film without B-frames, piece by piece, and says how far ahead more will be wanted. When
 * pictures come too late, it goes over to the file's own, without those that hold B slices, and comes back at the start
 * of a piece: of one that is ready, and some time later of one that it has made.
 */
final class BFreeReader implements FrameReader {
    private static final long AHEAD_US = 4_000_000;
    private static final long FIRST_WAIT_MS = 5_000;
    private static final long WAIT_MS = 1_500;
    private static final long COMEBACK_US = 3_000_000;
    /** How often, in film time, it looks whether a piece to come back to is ready. */
    private static final long LOOK_US = 500_000;

    private final BFreeFilm film;
    private final Fallback fallback;
    private final Pace pace = new Pace();
    private Piece piece;
    /** What the piece is of. */
    private BFreeTrack from;
    private int index;
    private long nextUs;
    private long lastStartUs = Long.MIN_VALUE;
    private long lastUs = Long.MIN_VALUE;
    private boolean started;
    private boolean retried;
    private boolean atEnd;
    private boolean dropping;
    private BFreeFilm.Pick comeback;
    private long lookUs = Long.MIN_VALUE;
    private Piece prefetched;

    BFreeReader(BFreeFilm film, Fallback fallback) {
        this.film = film;
        this.fallback = fallback;
    }

    @Override
    public Frame next() throws IOException {
        while (!atEnd) {
            Frame frame = dropping ? without() : made();
            if (frame != null) {
                lastUs = frame.presentationTimeUs();
                return frame;
            }
        }
        return null;
    }

    /** The next picture that was made; null when there is none for now, and something else has to be tried. */
    private Frame made() throws IOException {
        if (piece == null && !open()) {
            return null;
        }
        BFreeRun maker = piece.maker();
        if (maker != null) {
            maker.want(Math.max(lastUs, piece.bounds().startUs()) + AHEAD_US);
        }
        long before = System.nanoTime();
        Frame frame = piece.frame(index, started ? WAIT_MS : FIRST_WAIT_MS);
        if (frame == null) {
            over();
            return null;
        }
        index++;
        started = true;
        retried = false;
        if (pace.isLost((System.nanoTime() - before) / 1000, frame.presentationTimeUs())) {
            fallBack("pictures are not encoded as fast as they are shown");
        } else {
            prefetch(frame.presentationTimeUs());
        }
        return frame;
    }

    private boolean open() {
        try {
            BFreeFilm.Pick next = film.at(nextUs, from, false);
            if (next == null) {
                leave();
                return false;
            }
            piece = next.piece();
            from = next.from();
            film.given(next);
            atEnd = piece.bounds().startUs() <= lastStartUs;
            lastStartUs = piece.bounds().startUs();
            index = 0;
            return !atEnd;
        } catch (IOException e) {
            fallBack(e.getMessage());
            return false;
        }
    }

    /** There is no further picture in this piece for now: why? */
    private void over() throws IOException {
        if (piece.isDone()) {
            atEnd = piece.bounds().isLast();
            nextUs = piece.bounds().endUs();
            piece = null;
        } else if (!piece.isFailed()) {
            fallBack("the encoders are busy");
        } else if (retried && film.isReduced(from)) {
            fallBack(piece.failure().getMessage());
        } else if (retried) {
            throw piece.failure();
        } else {
            // given up because nobody wanted it, until now: the same again, up to where we were
            retried = true;
            again();
        }
    }

    private void again() throws IOException {
        PieceGrid.Bounds bounds = from.grid().at(Math.max(lastUs, piece.bounds().startUs()));
        try {
            piece = from.piece(bounds);
        } catch (IOException e) {
            fallBack(e.getMessage());
            return;
        }
        index = skip();
    }

    private int skip() throws IOException {
        BFreeRun maker = piece.maker();
        if (maker != null) {
            maker.want(Math.max(lastUs, piece.bounds().startUs()) + AHEAD_US);
        }
        int at = 0;
        Frame frame = piece.frame(at, FIRST_WAIT_MS);
        while (frame != null && frame.presentationTimeUs() <= lastUs) {
            frame = piece.frame(++at, FIRST_WAIT_MS);
        }
        return at;
    }

    /** Near the end of a ready piece has the next one made. */
    private void prefetch(long timeUs) {
        long endUs = piece.bounds().endUs();
        if (prefetched == piece || piece.bounds().isLast() || !piece.isDone() || timeUs + AHEAD_US / 2 < endUs) {
            return;
        }
        prefetched = piece;
        try {
            BFreeFilm.Pick next = film.at(endUs, from, true);
            if (next != null) {
                want(next.piece());
            }
        } catch (IOException e) {
            fallBack(e.getMessage());
        }
    }

    private static void want(Piece piece) {
        BFreeRun maker = piece.maker();
        if (maker != null) {
            maker.want(piece.bounds().startUs() + AHEAD_US / 2);
        }
    }

    private void fallBack(String why) {
        leave();
        film.behind(from, why);
    }

    private void leave() {
        dropping = true;
        piece = null;
        comeback = null;
        lookUs = Long.MIN_VALUE;
    }

    /** The next of the file's own pictures without B slices, or the first of a piece to come back to. */
    private Frame without() throws IOException {
        Frame frame = fallback.next(lastUs);
        if (frame == null) {
            atEnd = true;
            return null;
        }
        long timeUs = frame.presentationTimeUs();
        if (comeback == null && timeUs >= lookUs) {
            lookUs = timeUs + LOOK_US;
            lookFor(timeUs);
        } else if (comeback != null && timeUs >= comeback.piece().bounds().startUs()) {
            Frame first = comeback.piece().frame(0, 0);
            if (first == null || first.presentationTimeUs() <= lastUs) {
                from = comeback.from();
                fallBack("the encoders are still busy");
                return frame;
            }
            dropping = false;
            from = comeback.from();
            film.caughtUp(from);
            fallback.stop();
            pace.reset();
            piece = comeback.piece();
            comeback = null;
            lastStartUs = piece.bounds().startUs();
            index = 1;
            return first;
        }
        return frame;
    }

    /** Looks for a piece ahead to come back to. */
    private void lookFor(long timeUs) {
        BFreeFilm.Pick ahead;
        try {
            ahead = film.at(timeUs + COMEBACK_US, from, true);
        } catch (IOException e) {
            // until there is an encoder for it again; where the file breaks, its own pictures tell
            return;
        }
        if (ahead != null) {
            want(ahead.piece());
            comeback = ahead.piece().bounds().startUs() > timeUs ? ahead : null;
        }
    }

    @Override
    public void seek(long timeUs) throws IOException {
        piece = null;
        from = null;
        comeback = null;
        prefetched = null;
        index = 0;
        nextUs = Math.max(0, timeUs);
        lastUs = Long.MIN_VALUE;
        lastStartUs = Long.MIN_VALUE;
        pace.reset();
        retried = false;
        started = false;
        atEnd = false;
        dropping = false;
        lookUs = Long.MIN_VALUE;
        fallback.seek(nextUs);
    }

    @Override
    public void close() {
        fallback.close();
        piece = null;
        comeback = null;
        prefetched = null;
        atEnd = true;
    }
}
