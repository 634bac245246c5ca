package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.NanoClock;

/**
 * The backlog of films that could not be encoded as fast as they are shown: they are made whole, one after the other,
 * while nobody waits for their pictures, so that the next time they are shown with all of them.
 */
@AnyThread
final class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class.getName());
    private static final int MAX_FILMS = 16;
    private static final int PATIENCE_S = 60;
    /** For a segment: an encoder that was needed elsewhere gives up once in a while. */
    private static final int TRIES = 3;

    /** A film that is made whole; told from others by identity. */
    interface Film {
        /** For sentences. */
        String file();

        /** Whether nobody has it open any more. */
        boolean isClosed();

        /** Whether what is made is still there later. */
        boolean isKept();

        /**
         * Where the first segment at or after {@code timeUs} starts that is not made; {@link Long#MAX_VALUE} for none.
         */
        long firstMissingUs(long timeUs) throws IOException;

        /** Has that segment made when there is time. */
        Segment makeInBackground(long timeUs) throws IOException;

        /** All before {@code timeUs} is made. */
        void onMadeUpTo(long timeUs);

        /** All of it is made. */
        void onWhole();

        /** It is in the backlog no more, made or not. */
        void onLeft();
    }

    private final NanoClock clock;
    private final Deque<Film> films = new ArrayDeque<>();

    Backlog(NanoClock clock) {
        this.clock = clock;
    }

    /** @return whether the film will be made, or is made already */
    synchronized boolean add(Film film) {
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
    synchronized boolean has(Film film) {
        return films.contains(film);
    }

    private void work() {
        for (Film film = first(); film != null; film = next()) {
            try {
                make(film);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "{0} is not encoded for later viewers: {1}", new Object[] {film.file(), e});
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.SEVERE, film.file() + " is not encoded for later viewers", e);
            } finally {
                film.onLeft();
            }
        }
    }

    private synchronized Film first() {
        return films.peek();
    }

    private synchronized Film next() {
        films.remove();
        return films.peek();
    }

    private void make(Film film) throws IOException, InterruptedException {
        int tries = 0;
        long missingUs = film.firstMissingUs(0);
        while (missingUs != Long.MAX_VALUE && !film.isClosed()) {
            film.onMadeUpTo(missingUs);
            Segment segment = film.makeInBackground(missingUs);
            if (!segment.awaitEnd(clock, PATIENCE_S * 1_000_000_000L)) {
                throw new IOException("no picture for " + PATIENCE_S + " s");
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
            film.onWhole();
            LOG.log(Level.INFO, "{0} is encoded whole: later viewers see all its pictures", film.file());
        }
    }
}
