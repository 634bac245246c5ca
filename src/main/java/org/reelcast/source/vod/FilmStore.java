package org.reelcast.source.vod;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * The open films, each once however many watch it. A film that nobody watches any more stays open for a moment, for
 * those who watch one after the other; then it is closed.
 */
final class FilmStore {
    private static final Logger LOG = Logger.getLogger(FilmStore.class.getName());

    /** Finds the bytes behind a location. */
    interface Finder {
        ByteSource open(String location) throws Refusal;
    }

    /** Makes a film of bytes; on success the film owns them. */
    interface Opener {
        Film open(ByteSource source) throws Refusal;
    }

    private static final class Entry {
        private final SourceId id;
        private Film film;
        private int users;
        private long idleSinceMs;

        Entry(SourceId id) {
            this.id = id;
        }
    }

    private final Finder finder;
    private final Opener opener;
    private final Map<SourceId, Entry> entries = new HashMap<>();

    FilmStore(Finder finder, Opener opener) {
        this.finder = finder;
        this.opener = opener;
    }

    /** Opens a film or shares the open one; blocks. Each film that was acquired is to be {@link #release}d. */
    Film acquire(String location) throws Refusal {
        ByteSource source = finder.open(location);
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(source.id(), Entry::new);
            entry.users++;
        }
        boolean opened = false;
        try {
            synchronized (entry) {
                if (entry.film == null) {
                    entry.film = opener.open(source);
                    opened = true;
                }
                return entry.film;
            }
        } catch (Refusal | RuntimeException | Error e) {
            giveUp(entry);
            throw e;
        } finally {
            if (!opened) {
                close(source);
            }
        }
    }

    private void giveUp(Entry entry) {
        synchronized (entries) {
            if (--entry.users == 0) {
                entries.remove(entry.id, entry);
            }
        }
    }

    void release(Film film, long nowMs) {
        synchronized (entries) {
            Entry entry = entries.get(film.id());
            entry.users--;
            entry.idleSinceMs = nowMs;
        }
    }

    /** Closes the films that nobody has watched since {@code sinceMs}, unless something is made of them for later. */
    void closeIdle(long sinceMs) {
        close(entry -> entry.idleSinceMs <= sinceMs && !entry.film.isBusy());
    }

    /** Closes all that nobody watches. */
    void closeUnused() {
        close(entry -> true);
    }

    private void close(Predicate<Entry> which) {
        synchronized (entries) {
            for (Iterator<Entry> each = entries.values().iterator(); each.hasNext();) {
                Entry entry = each.next();
                if (entry.users == 0 && which.test(entry)) {
                    each.remove();
                    close(entry.film);
                }
            }
        }
    }

    /** Open films. */
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    private static void close(java.io.Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A film could not be closed", e);
        }
    }
}
