package org.reelcast.sharing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A registry of open values with a reference count each. The first user of a key opens its value, those who come
 * meanwhile wait for it, later ones join. A value without users is closed at once, or stays open for a while for those
 * who come again. For any thread; no lock of all is held while a value is opened or closed.
 *
 * @param <K> names a value
 * @param <V> a value, told from others by identity
 */
public final class Shared<K, V> {

    /**
     * Opens a value; may block.
     *
     * @param <V> the value
     * @param <E> the failure, of which the users of this opener alone are told
     */
    public interface Opener<V, E extends Exception> {
        V open() throws E;
    }

    /** One key's value. Its own lock is held while the value is opened; all fields are guarded by the registry. */
    private static final class Entry<K, V> {
        private final K key;
        private V value;
        private int users;
        private long idleSince;

        Entry(K key) {
            this.key = key;
        }
    }

    private final int mostIdle;
    private final Consumer<? super V> closer;
    private final Map<K, Entry<K, V>> entries = new HashMap<>();
    private final Map<V, Entry<K, V>> byValue = new IdentityHashMap<>();
    /** Idle for longest first. */
    private final Set<Entry<K, V>> idle = new LinkedHashSet<>();

    private Shared(int mostIdle, Consumer<? super V> closer) {
        this.mostIdle = mostIdle;
        this.closer = closer;
    }

    /** A registry that closes a value with its last user. */
    public static <K, V> Shared<K, V> closingUnused(Consumer<? super V> closer) {
        return new Shared<>(0, closer);
    }

    /** A registry that keeps up to {@code most} values without users open: those that were used last. */
    public static <K, V> Shared<K, V> keepingIdle(int most, Consumer<? super V> closer) {
        return new Shared<>(most, closer);
    }

    /**
     * The key's value, opened when it is not; to be {@link #release}d.
     *
     * @throws E when this call's own opener failed; each of those who waited for it tries its own then
     */
    public <E extends Exception> V acquire(K key, Opener<? extends V, E> opener) throws E {
        return acquire(key, value -> true, opener);
    }

    /**
     * The same; a value that is no longer usable is replaced by another, and closed with its last user.
     *
     * @param usable asked under the registry's lock
     */
    public <E extends Exception> V acquire(K key, Predicate<? super V> usable, Opener<? extends V, E> opener) throws E {
        Entry<K, V> entry = join(key, usable);
        boolean done = false;
        try {
            V value = opened(entry, opener);
            done = true;
            return value;
        } finally {
            if (!done) {
                leave(entry, 0);
            }
        }
    }

    private Entry<K, V> join(K key, Predicate<? super V> usable) {
        V replaced = null;
        Entry<K, V> entry;
        synchronized (this) {
            entry = entries.get(key);
            if (entry != null && entry.value != null && !usable.test(entry.value)) {
                replaced = idle.contains(entry) ? forget(entry) : null;
                entry = null;
            }
            if (entry == null) {
                entry = new Entry<>(key);
                entries.put(key, entry);
            }
            entry.users++;
            idle.remove(entry);
        }
        if (replaced != null) {
            closer.accept(replaced);
        }
        return entry;
    }

    private <E extends Exception> V opened(Entry<K, V> entry, Opener<? extends V, E> opener) throws E {
        // the others wait here for the one who opens it
        synchronized (entry) {
            synchronized (this) {
                if (entry.value != null) {
                    return entry.value;
                }
            }
            V value = opener.open();
            synchronized (this) {
                entry.value = value;
                byValue.put(value, entry);
            }
            return value;
        }
    }

    /** One user less. */
    public void release(V value) {
        release(value, 0);
    }

    /** One user less. @param now of any clock, for {@link #closeIdle} */
    public void release(V value, long now) {
        Entry<K, V> entry;
        synchronized (this) {
            entry = byValue.get(value);
        }
        if (entry != null) {
            leave(entry, now);
        }
    }

    private void leave(Entry<K, V> entry, long now) {
        V unused = null;
        synchronized (this) {
            if (--entry.users > 0) {
                return;
            }
            if (entry.value == null) {
                entries.remove(entry.key, entry);
            } else if (entries.get(entry.key) == entry) {
                entry.idleSince = now;
                idle.add(entry);
                unused = idle.size() > mostIdle ? forget(idle.iterator().next()) : null;
            } else if (byValue.get(entry.value) == entry) {
                unused = forget(entry);
            }
        }
        if (unused != null) {
            closer.accept(unused);
        }
    }

    /** Closes the values that have had no users since {@code since} or longer. @param which of them, asked locked */
    public void closeIdle(long since, Predicate<? super V> which) {
        List<V> closed = new ArrayList<>();
        synchronized (this) {
            for (Entry<K, V> entry : List.copyOf(idle)) {
                if (entry.idleSince <= since && which.test(entry.value)) {
                    closed.add(forget(entry));
                }
            }
        }
        closeEach(closed);
    }

    /** Closes all values, used or not; who releases one afterwards does no harm. */
    public void closeAll() {
        List<V> closed;
        synchronized (this) {
            closed = new ArrayList<>(byValue.keySet());
            byValue.clear();
            entries.clear();
            idle.clear();
        }
        closeEach(closed);
    }

    /** One that fails keeps no other from being closed. */
    private void closeEach(List<V> values) {
        RuntimeException failure = null;
        for (V value : values) {
            try {
                closer.accept(value);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private V forget(Entry<K, V> entry) {
        entries.remove(entry.key, entry);
        byValue.remove(entry.value);
        idle.remove(entry);
        return entry.value;
    }

    /** Values that are open or being opened, used or not; those that were replaced do not count. */
    public synchronized int size() {
        return entries.size();
    }
}
