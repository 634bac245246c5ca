package org.reelcast.cluster;

import jakarta.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.Grid;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;

/**
 * The names of streams, which are taken once in all nodes. Who looks sees what this node has last heard; who changes
 * something compares it with what is.
 */
@AnyThread
public final class SharedStreams {
    static final String KEYS = "stream/";
    private static final Logger LOG = Logger.getLogger(SharedStreams.class.getName());
    /** How long it is known that a stream has ended, for nodes that could not hear of it. */
    static final long END_KNOWN_MS = 60_000;
    /** Nodes that change the same thing at the same time: one of them succeeds each time. */
    private static final int TRIES = 100;

    private final Grid grid;
    private final Map<String, SharedStream> known = new ConcurrentHashMap<>();
    private final List<BiConsumer<Optional<SharedStream>, Optional<SharedStream>>> listeners =
            new CopyOnWriteArrayList<>();

    SharedStreams(Grid grid) {
        this.grid = grid;
    }

    /** Tells {@code listener} what changes from now on, from what to what, one after the other. */
    public void listen(BiConsumer<Optional<SharedStream>, Optional<SharedStream>> listener) {
        listeners.add(listener);
    }

    void onChange(String key, Optional<String> now) {
        Optional<SharedStream> is = now.flatMap(SharedStreams::parse);
        Optional<SharedStream> was = Optional.ofNullable(is.isPresent() ? known.put(key, is.get()) : known.remove(key));
        listeners.forEach(listener -> listener.accept(was, is));
    }

    private static Optional<SharedStream> parse(String text) {
        try {
            return Optional.of(SharedStream.parse(text));
        } catch (JsonException e) {
            LOG.log(Level.WARNING, "Another node shares a stream that cannot be read here: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Those that run, as this node knows them. */
    public List<SharedStream> running() {
        return known.values().stream().filter(SharedStream::isRunning).toList();
    }

    /** The one that runs by that name, as this node knows it. */
    public Optional<SharedStream> find(String name) {
        return Optional.ofNullable(known.get(KEYS + name)).filter(SharedStream::isRunning);
    }

    /** The one that has the name, running or ended lately. */
    @Blocking
    public Optional<SharedStream> read(String name) throws GridException {
        return grid.read(KEYS + name).flatMap(SharedStreams::parse);
    }

    /**
     * Takes the name for a stream.
     *
     * @return the running stream that has it already; empty when it was taken
     */
    @Blocking
    public Optional<SharedStream> claim(SharedStream stream) throws GridException {
        Optional<SharedStream> is =
                change(stream.name(), old -> old.filter(SharedStream::isRunning).or(() -> Optional.of(stream)));
        return is.filter(other -> !other.mediaSessionId().equals(stream.mediaSessionId()));
    }

    /**
     * Changes what is shared of a name; {@code change} may be asked several times.
     *
     * @return what it is then
     */
    @Blocking
    public Optional<SharedStream> change(String name, UnaryOperator<Optional<SharedStream>> change)
            throws GridException {
        String key = KEYS + name;
        for (int i = 0; i < TRIES; i++) {
            Optional<String> old = grid.read(key);
            Optional<SharedStream> was = old.flatMap(SharedStreams::parse);
            Optional<SharedStream> is = change.apply(was);
            if (is.equals(was) || swapped(key, old, is.map(SharedStream::toJson))) {
                return is;
            }
        }
        throw new GridException("'" + name + "' is changed by other nodes all the time");
    }

    private boolean swapped(String key, Optional<String> old, Optional<String> now) throws GridException {
        if (old.isEmpty()) {
            return now.isEmpty() || grid.putIfAbsent(key, now.get()).isEmpty();
        }
        return now.isPresent() ? grid.replace(key, old.get(), now.get()) : grid.remove(key, old.get());
    }

    /** Forgets streams that ended long ago. */
    @Blocking
    void sweep(long nowMs) throws GridException {
        for (SharedStream stream : known.values()) {
            if (!stream.isRunning() && nowMs - stream.end().atMs() > END_KNOWN_MS) {
                change(stream.name(), old -> old.filter(SharedStream::isRunning));
            }
        }
    }
}
