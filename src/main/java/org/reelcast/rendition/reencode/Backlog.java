package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Films that could not be encoded as fast as they are shown: they are made whole, one after the other, while nobody
 * waits for their pictures, so that the next time they are shown with all of them.
 */
final class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class.getName());
    private static final int MAX_FILMS = 16;
    /** An encoder goes on into the next segment, or it would have to start anew there. */
    private static final long BEYOND_US = 4_000_000;
    private static final long PATIENCE_MS = 60_000;
    /** For a segment: an encoder that was needed elsewhere gives up once in a while. */
    private static final int TRIES = 3;

    private final Deque<ReencodedTrack> films = new ArrayDeque<>();

    /** @return whether the film will be made, or is made already */
    synchronized boolean add(ReencodedTrack film) {
        if (films.contains(film)) {
            return true;
        }
        if (films.size() >= MAX_FILMS) {
            return false;
        }
        films.add(film);
        if (films.size() == 1) {
            Thread thread = new Thread(this::work, "reelcast-encoder-backlog");
            thread.setDaemon(true);
            thread.start();
        }
        return true;
    }

    /** Whether the film is made or waits for it. */
    synchronized boolean has(ReencodedTrack film) {
        return films.contains(film);
    }

    private void work() {
        for (ReencodedTrack film = first(); film != null; film = next()) {
            try {
                make(film);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} is not encoded for later viewers: {1}", new Object[] {film.file(), e});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.SEVERE, film.file() + " is not encoded for later viewers", e);
            } finally {
                film.finishing(-1);
                film.tried();
            }
        }
    }

    private synchronized ReencodedTrack first() {
        return films.peek();
    }

    private synchronized ReencodedTrack next() {
        films.remove();
        return films.peek();
    }

    private static void make(ReencodedTrack film) throws IOException, InterruptedException {
        int tries = 0;
        long missingUs = film.firstMissingUs(0);
        while (missingUs != Long.MAX_VALUE && !film.isClosed()) {
            film.finishing((double) missingUs / Math.max(1, film.track().durationUs()));
            Segment segment = film.segmentInBackground(missingUs);
            SegmentEncoder maker = segment.maker();
            if (maker != null) {
                SegmentGrid.Bounds bounds = segment.bounds();
                maker.wantInBackground(bounds.isLast() ? Long.MAX_VALUE : bounds.endUs() + BEYOND_US);
            }
            if (!segment.awaitEnd(PATIENCE_MS)) {
                throw new IOException("no picture for " + PATIENCE_MS / 1000 + " s");
            }
            if (!film.isKept()) {
                throw new IOException("the cache does not keep it");
            }
            tries = segment.isDone() ? 0 : tries + 1;
            if (tries == TRIES) {
                throw segment.failure();
            }
            missingUs = film.firstMissingUs(missingUs);
        }
        if (film.isClosed()) {
            return;
        }
        if (film.firstMissingUs(0) != Long.MAX_VALUE) {
            throw new IOException("the cache does not hold all of it");
        }
        if (missingUs == Long.MAX_VALUE) {
            film.whole();
            LOG.log(Level.INFO, "{0} is encoded whole: later viewers see all its pictures", film.file());
        }
    }
}
