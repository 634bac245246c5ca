package org.reelcast.source.vod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.SharedStream;
import org.reelcast.cluster.SharedStreams;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.cluster.grid.Node;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.source.vod.SharedBroadcast.Part;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamStatus;

/**
 * The broadcasts of all nodes of a cluster: those of others are brought here when somebody wants them, and the others are
 * told of ours. Each node reads the film itself; what is shared is which picture it shows when, and who watches. Any
 * thread; what is shared is changed by tasks.
 */
final class SharedBroadcasts {
    private static final Logger LOG = Logger.getLogger(SharedBroadcasts.class.getName());
    /** Nodes come to the end of a film at slightly different times. */
    private static final long SAME_END_US = 2_000_000;

    private final Cluster cluster;
    private final SharedStreams streams;
    private final Executor tasks;
    private final long timeoutMs;
    private final LongSupplier nowUs;
    private final Map<String, BroadcastEntry> entries = new ConcurrentHashMap<>();
    private final RemoteBroadcasts remote;
    private volatile boolean leaving;

    /**
     * @param tasks     run what changes what is shared: they block for a moment, or some seconds when a node is lost
     * @param timeoutMs how long a broadcast goes on that nobody watches any more
     * @param nowUs     the time of day by which broadcasts go, in µs since 1970
     */
    SharedBroadcasts(Cluster cluster, Executor tasks, long timeoutMs, LongSupplier nowUs) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.timeoutMs = timeoutMs;
        this.nowUs = nowUs;
        streams = cluster.streams();
        remote = new RemoteBroadcasts(cluster);
    }

    /** Those of all nodes. */
    RemoteBroadcasts remote() {
        return remote;
    }

    boolean isOn() {
        return cluster.isShared();
    }

    /** From now on broadcasts come and go with those of the others. */
    void start(RemoteBroadcasts.Bringer here) {
        remote.start(here);
        streams.listen(this::onChange);
        cluster.onNodes(this::onNodes);
    }

    /** This node is about to stop: what others leave is not brought here any more. */
    void leave() {
        leaving = true;
    }

    private SharedBroadcast view(SharedBroadcast.Here here) {
        return new SharedBroadcast(
                here, cluster.node(), cluster.nodes().stream().map(Node::id).toList());
    }

    /**
     * Takes the name of a broadcast that is about to start: {@link #started} or {@link #release} follows.
     *
     * @throws Refusal when another node has it
     */
    @Blocking
    void claim(VodStream vod) throws Refusal {
        if (!isOn()) {
            return;
        }
        remote.onStarting(vod.stream().mediaSessionId());
        try {
            Optional<SharedStream> other =
                    streams.claim(view(new BroadcastEntry(vod).here()).own());
            if (other.isPresent()) {
                remote.onStarted(vod.stream().mediaSessionId());
                throw new Refusal(
                        StatusText.STREAM_NAME_ALREADY_IN_USE,
                        "A stream named '" + other.get().name() + "' is there already, on node "
                                + other.get().owner());
            }
        } catch (GridException e) {
            LOG.log(Level.WARNING, "{0} starts here alone, until the other nodes answer: {1}", new Object[] {
                vod.stream().name(), e.getMessage()
            });
        }
    }

    /** It does not start after all. */
    void release(VodStream vod) {
        if (isOn()) {
            String mediaSessionId = vod.stream().mediaSessionId();
            execute(() -> {
                try {
                    streams.change(
                            vod.stream().name(),
                            shared -> shared.filter(
                                    stream -> !stream.mediaSessionId().equals(mediaSessionId)));
                } finally {
                    // not before: it would be brought as long as the others know it
                    remote.onStarted(mediaSessionId);
                }
            });
        }
    }

    /** The broadcast runs here. */
    void started(VodStream vod) {
        if (isOn() && vod.uri().live()) {
            BroadcastEntry entry = new BroadcastEntry(vod);
            entries.put(vod.stream().name(), entry);
            if (vod.stream().isHeld()) {
                entry.part = Part.VIEWED;
            }
            remote.onStarted(vod.stream().mediaSessionId());
            share(entry);
        }
    }

    /** What it shows when has changed. */
    void changed(VodStream vod) {
        entry(vod).ifPresent(this::share);
    }

    void held(VodStream vod) {
        entry(vod).ifPresent(entry -> {
            entry.dropped = false;
            entry.part = Part.VIEWED;
            share(entry);
        });
    }

    /** Nobody has taken part for a while. @return whether it is decided with the others what becomes of it */
    boolean idle(VodStream vod) {
        Optional<BroadcastEntry> entry = entry(vod);
        entry.ifPresent(found -> {
            found.part = Part.LEFT;
            share(found);
        });
        return entry.isPresent();
    }

    void ended(VodStream vod, StreamEnd how) {
        entry(vod).ifPresent(entry -> {
            if (entry.dropped) {
                entries.remove(vod.stream().name(), entry);
                return;
            }
            entry.broke = how.status() == StreamStatus.FAILED;
            entry.end = how;
            share(entry);
        });
    }

    private Optional<BroadcastEntry> entry(VodStream vod) {
        return Optional.ofNullable(entries.get(vod.stream().name())).filter(entry -> entry.vod == vod);
    }

    /** Has what is shared brought in line with what is here, once for all who ask meanwhile. */
    private void share(BroadcastEntry entry) {
        if (entry.asked.getAndIncrement() > 0) {
            return;
        }
        try {
            tasks.execute(() -> {
                int seen;
                do {
                    seen = entry.asked.get();
                    shareNow(entry);
                } while (!entry.asked.compareAndSet(seen, 0));
            });
        } catch (RejectedExecutionException e) {
            entry.asked.set(0);
            LOG.log(Level.FINE, "Too busy to tell the other nodes", e);
        }
    }

    private void shareNow(BroadcastEntry entry) {
        String name = entry.vod.stream().name();
        try {
            Optional<SharedStream> now =
                    streams.change(name, shared -> view(entry.here()).next(shared));
            if (entry.end != null) {
                entries.remove(name, entry);
            } else {
                now.ifPresent(shared -> follow(entry, shared));
            }
        } catch (GridException e) {
            LOG.log(Level.FINE, "The other nodes are told later of " + name, e);
        }
    }

    private void follow(BroadcastEntry entry, SharedStream shared) {
        BroadcastTimeline mine = entry.vod.timeline().orElse(null);
        if (!shared.isRunning()) {
            boolean endsItself = shared.end().why() == StatusText.STOPPED_BY_PUBLISHER_STOP
                    && mine != null
                    && entry.part != Part.LEFT
                    && mine.isOver(nowUs.getAsLong() + SAME_END_US);
            if (!endsItself) {
                entry.vod.end(shared.end().why());
            }
            return;
        }
        boolean another = !shared.mediaSessionId().equals(entry.mediaSessionId);
        Optional<BroadcastTimeline> theirs = SharedBroadcast.timeline(shared)
                .filter(timeline -> another || mine == null || timeline.epoch() > mine.epoch());
        theirs.ifPresent(entry.vod::adopt);
        if (another) {
            LOG.info(() -> shared.name() + " goes on as node " + shared.owner() + " has started it");
            entry.mediaSessionId = shared.mediaSessionId();
            share(entry);
        }
        if (entry.part == Part.LEFT && !shared.owner().equals(cluster.node())) {
            entry.dropped = true;
            entry.vod.endUnheld();
        }
    }

    private void onChange(Optional<SharedStream> was, Optional<SharedStream> is) {
        remote.onChange();
        String name = is.or(() -> was).map(SharedStream::name).orElse("");
        BroadcastEntry entry = entries.get(name);
        if (entry != null) {
            share(entry);
        } else {
            is.ifPresent(this::bringIfOurs);
        }
    }

    private void onNodes() {
        entries.values().forEach(this::share);
        remote.broadcasts().stream()
                .filter(shared -> !cluster.has(shared.owner()))
                .forEach(this::takeOver);
    }

    /** Once in a while: broadcasts whose viewers are all gone with their nodes, and those that could not be brought. */
    void tick(long nowMs) {
        entries.values().forEach(entry -> {
            boolean viewed = entry.part == Part.VIEWED
                    || remote.find(entry.vod.stream().name())
                            .filter(shared -> remote.isOurs(shared)
                                    && shared.viewers().isPresent()
                                    && shared.viewers().get().stream().noneMatch(cluster::has))
                            .isEmpty();
            entry.unviewedMs = viewed ? 0 : entry.unviewedMs == 0 ? nowMs : entry.unviewedMs;
            if (!viewed && nowMs - entry.unviewedMs > timeoutMs) {
                entry.part = Part.LEFT;
            }
            share(entry);
        });
        onNodes();
        remote.broadcasts().forEach(this::bringIfOurs);
    }

    /** Of a broadcast whose owner is gone: by one that watches, else by the eldest. */
    private void takeOver(SharedStream shared) {
        String heir = shared.viewers().orElse(List.of()).stream()
                .filter(cluster::has)
                .findFirst()
                .orElseGet(() -> cluster.nodes().get(0).id());
        if (heir.equals(cluster.node())) {
            execute(() -> streams.change(
                    shared.name(),
                    is -> is.map(stream -> stream.isRunning() && stream.owner().equals(shared.owner())
                            ? stream.ownedBy(heir)
                            : stream)));
        }
    }

    private void bringIfOurs(SharedStream shared) {
        if (!leaving
                && shared.isRunning()
                && shared.kind().equals(SharedBroadcast.KIND)
                && remote.isOurs(shared)
                && !remote.isStarting(shared)
                && !entries.containsKey(shared.name())) {
            execute(() -> {
                try {
                    remote.bringOurs(shared);
                } catch (Refusal e) {
                    onNotBrought(shared, e);
                }
            });
        }
    }

    private void onNotBrought(SharedStream shared, Refusal why) throws GridException {
        if (why.status() == StatusText.START_OUTSIDE_FILM) {
            streams.change(
                    shared.name(),
                    is -> is.map(stream ->
                            stream.isRunning() && stream.mediaSessionId().equals(shared.mediaSessionId())
                                    ? stream.ended(StatusText.STOPPED_BY_PUBLISHER_STOP, System.currentTimeMillis())
                                    : stream));
        } else {
            LOG.warning(() -> shared.name() + " is to go on here, and cannot yet: " + why.getMessage());
        }
    }

    /** Something that changes what is shared. */
    private interface Task {
        void run() throws GridException;
    }

    private void execute(Task task) {
        try {
            tasks.execute(() -> {
                try {
                    task.run();
                } catch (GridException e) {
                    LOG.log(Level.FINE, "The other nodes do not answer now", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Too busy for what nodes share", e);
        }
    }
}
