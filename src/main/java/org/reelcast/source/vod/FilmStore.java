package org.reelcast.source.vod;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.Blocking;
import org.reelcast.mp4.read.AudioChoice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.sharing.Shared;
import org.reelcast.storage.ByteSource;
import org.reelcast.storage.SourceId;

/**
 * The open films, each once however many watch it. A film that nobody watches any more stays open for a moment, for
 * those who watch one after the other; then it is closed.
 */
final class FilmStore {
    private static final Logger LOG = Logger.getLogger(FilmStore.class.getName());
    private static final Set<StatusText> NOT_THERE =
            EnumSet.of(StatusText.FILE_NOT_FOUND, StatusText.FAILED_TO_READ_FILE);

    /** Finds the bytes behind a location. */
    interface Finder {
        /** @param client IP address of whoever wants them; empty for the server itself */
        ByteSource open(String location, String client) throws Refusal;
    }

    /** Makes a film of bytes; on success the film owns them. */
    interface Opener {
        Film open(ByteSource source, AudioChoice sound) throws Refusal;
    }

    /** What a film is open by: each choice of a sound is a film of its own. */
    private record Key(SourceId source, AudioChoice sound) {}

    /** Bytes, and which of their sounds is wanted. */
    private record Found(ByteSource source, AudioChoice sound) {}

    private final Finder finder;
    private final Opener opener;
    private final Shared<Key, Film> films = Shared.keepingIdle(Integer.MAX_VALUE, FilmStore::close);

    FilmStore(Finder finder, Opener opener) {
        this.finder = finder;
        this.opener = opener;
    }

    /** The same for the server itself. */
    @Blocking
    Film acquire(String location) throws Refusal {
        return acquire(location, "");
    }

    /**
     * Opens a film or shares the open one. Each film that was acquired is to be {@link #release}d.
     *
     * @param client IP address of whoever wants it
     */
    @Blocking
    Film acquire(String location, String client) throws Refusal {
        Found found = find(location, client);
        ByteSource source = found.source();
        AtomicBoolean owned = new AtomicBoolean();
        try {
            return films.acquire(new Key(source.id(), found.sound()), () -> {
                Film film = opener.open(source, found.sound());
                owned.set(true);
                return film;
            });
        } finally {
            if (!owned.get()) {
                close(source);
            }
        }
    }

    /** The same open film once more, for who has seen somebody hold it; empty when it was closed meanwhile. */
    Optional<Film> again(Film film) {
        try {
            return Optional.of(films.acquire(new Key(film.id(), film.facts().sound()), () -> {
                throw new Refusal(StatusText.STREAM_NOT_FOUND, "the film was closed meanwhile");
            }));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /**
     * A file of that very name goes before one with a choice behind it. A store whose objects must not be listed denies
     * the one that it does not have (403, not 404).
     */
    private Found find(String location, String client) throws Refusal {
        Optional<FilmAddress> address = FilmAddress.withChoice(location);
        try {
            return new Found(finder.open(location, client), AudioChoice.FIRST);
        } catch (Refusal e) {
            if (address.isEmpty() || !NOT_THERE.contains(e.status())) {
                throw e;
            }
            return new Found(
                    finder.open(address.get().file(), client), address.get().sound());
        }
    }

    void release(Film film, long nowMs) {
        films.release(film, nowMs);
    }

    /** Closes the films that nobody has watched since {@code sinceMs}, unless something is made of them for later. */
    void closeIdle(long sinceMs) {
        films.closeIdle(sinceMs, film -> !film.isBusy());
    }

    /** Closes all that nobody watches. */
    void closeUnused() {
        films.closeIdle(Long.MAX_VALUE, film -> true);
    }

    /** Open films. */
    int size() {
        return films.size();
    }

    private static void close(java.io.Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A film could not be closed", e);
        }
    }
}
