package org.reelcast.codec.bfree;

import java.io.IOException;
import org.reelcast.codec.Frame;
import org.reelcast.codec.FrameReader;

/**
 * Walks over the pictures of a film without B-frames, piece by piece, and says how far ahead more will be wanted. When
 * pictures do not come as fast as they are shown, it goes over to the file's own, without those that hold B slices,
 * until the next seek.
 */
final class BFreeReader implements FrameReader {
    private static final long AHEAD_US = 4_000_000;
    private static final long FIRST_WAIT_MS = 5_000;
    private static final long WAIT_MS = 1_500;

    private final BFreeTrack track;
    private final Fallback fallback;
    private Piece piece;
    private int index;
    private long nextUs;
    private long lastUs = Long.MIN_VALUE;
    private long lastStartUs = Long.MIN_VALUE;
    private final Pace pace = new Pace();
    private boolean retried;
    private boolean started;
    private boolean atEnd;
    private boolean dropping;
    private Piece wantedAhead;

    BFreeReader(BFreeTrack track, Fallback fallback) {
        this.track = track;
        this.fallback = fallback;
        this.dropping = track.isSlow();
    }

    @Override
    public Frame next() throws IOException {
        while (!atEnd && !dropping) {
            if (piece == null) {
                open();
                continue;
            }
            BFreeRun maker = piece.maker();
            if (maker != null) {
                maker.want(Math.max(lastUs, piece.bounds().startUs()) + AHEAD_US);
            }
            long before = System.nanoTime();
            Frame frame = piece.frame(index, started ? WAIT_MS : FIRST_WAIT_MS);
            long waitedNs = System.nanoTime() - before;
            if (frame != null) {
                index++;
                started = true;
                retried = false;
                lastUs = frame.presentationTimeUs();
                if (pace.falls(System.nanoTime(), waitedNs, lastUs)) {
                    fallBack("the encoders are busy");
                } else {
                    prefetch();
                }
                return frame;
            }
            step();
        }
        return atEnd ? null : fallback.next(lastUs);
    }

    private void open() {
        try {
            Piece next = track.piece(nextUs);
            atEnd = next.bounds().startUs() <= lastStartUs;
            lastStartUs = next.bounds().startUs();
            piece = next;
            index = 0;
        } catch (IOException e) {
            fallBack(e.getMessage());
        }
    }

    /** There is no picture in this piece for now: why? */
    private void step() throws IOException {
        if (piece.isDone()) {
            atEnd = piece.bounds().isLast();
            nextUs = piece.bounds().endUs();
            piece = null;
        } else if (!piece.isFailed()) {
            fallBack("the encoders are busy");
        } else {
            failed();
        }
    }

    private void failed() throws IOException {
        if (retried) {
            throw piece.failure();
        }
        retried = true;
        Piece again = track.piece(Math.max(lastUs, piece.bounds().startUs()));
        // given up because nobody wanted it, until now: the same again, up to where we were
        piece = again;
        BFreeRun maker = piece.maker();
        if (maker != null) {
            maker.want(lastUs + AHEAD_US);
        }
        for (index = 0;; index++) {
            Frame frame = piece.frame(index, FIRST_WAIT_MS);
            if (frame == null || frame.presentationTimeUs() > lastUs) {
                return;
            }
        }
    }

    private void fallBack(String why) {
        dropping = true;
        piece = null;
        track.behind(why);
    }

    /** Near the end of a ready piece has the next one made. */
    private void prefetch() {
        if (track.isSlow()) {
            dropping = piece.maker() != null;
        }
        long endUs = piece.bounds().endUs();
        if (wantedAhead != piece && !piece.bounds().isLast() && piece.isDone() && lastUs + AHEAD_US / 2 > endUs) {
            wantedAhead = piece;
            try {
                BFreeRun maker = track.piece(endUs).maker();
                if (maker != null) {
                    maker.want(endUs + AHEAD_US / 2);
                }
            } catch (IOException e) {
                fallBack(e.getMessage());
            }
        }
    }

    @Override
    public void seek(long timeUs) throws IOException {
        piece = null;
        index = 0;
        nextUs = Math.max(0, timeUs);
        lastUs = Long.MIN_VALUE;
        lastStartUs = Long.MIN_VALUE;
        pace.reset();
        retried = false;
        started = false;
        atEnd = false;
        dropping = track.isSlow();
        fallback.seek(nextUs);
    }

    @Override
    public void close() {
        fallback.close();
        piece = null;
        atEnd = true;
    }
}
