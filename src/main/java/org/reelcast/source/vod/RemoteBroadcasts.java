package org.reelcast.source.vod;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.SharedStream;
import org.reelcast.cluster.SharedStreams;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.RemoteStreams;

/** The broadcasts that any node plays, of which each is brought to another one when somebody wants it there. */
@AnyThread
final class RemoteBroadcasts implements RemoteStreams {
    /** So long after its start a broadcast may not be settled, for want of data: whoever wants it elsewhere waits. */
    private static final long SETTLE_MS = 15_000;

    private static final int LOCKS = 64;

    private final Cluster cluster;
    private final SharedStreams streams;
    private final Object changed = new Object();
    /** Media sessions that this node has shared, or is about to, and does not play yet. */
    private final Set<String> starting = ConcurrentHashMap.newKeySet();

    /** By hashes of media sessions: who wants the same broadcast waits for whoever brings it, and finds it then. */
    private final Object[] bringing =
            IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

    private Bringer bringer;

    /** Plays here what is shared. */
    interface Bringer {

        /** Starts a broadcast that runs elsewhere, unless it is there. */
        @Blocking
        void bring(BroadcastFiles.Broadcast broadcast) throws Refusal;

        /** A hold on the stream of that name, if it is here. */
        Optional<Hold> hold(String name, Holder who);

        Executor opener(String uri);
    }

    RemoteBroadcasts(Cluster cluster) {
        this.cluster = cluster;
        streams = cluster.streams();
    }

    void start(Bringer here) {
        bringer = here;
    }

    /** Something of what is shared has changed. */
    void onChange() {
        synchronized (changed) {
            changed.notifyAll();
        }
    }

    /** The others hear of it from now on, and it is about to play here: nobody else is to bring it. */
    void onStarting(String mediaSessionId) {
        starting.add(mediaSessionId);
    }

    /** It plays here, or does not start after all. */
    void onStarted(String mediaSessionId) {
        if (starting.remove(mediaSessionId)) {
            onChange();
        }
    }

    boolean isStarting(SharedStream shared) {
        return starting.contains(shared.mediaSessionId());
    }

    List<SharedStream> broadcasts() {
        return streams.running().stream()
                .filter(shared -> shared.kind().equals(SharedBroadcast.KIND))
                .toList();
    }

    Optional<SharedStream> find(String name) {
        return streams.find(name).filter(shared -> shared.kind().equals(SharedBroadcast.KIND));
    }

    /**
     * Has the broadcast of that URI, or by that name, play here.
     *
     * @return whether there is one
     * @throws Refusal when it cannot
     */
    @Blocking
    boolean bring(String uri) throws Refusal {
        Optional<SharedStream> shared = broadcasts().stream()
                .filter(each ->
                        SharedBroadcast.uri(each).equals(uri) || each.name().equals(uri))
                .findFirst();
        if (shared.isPresent()) {
            bring(shared.get());
        }
        return shared.isPresent();
    }

    /** The same of one that another node has begun this moment. */
    @Blocking
    void bringTaken(String name) throws Refusal {
        try {
            Optional<SharedStream> shared = cluster.isShared() ? streams.read(name) : Optional.empty();
            if (shared.filter(stream -> stream.isRunning() && stream.kind().equals(SharedBroadcast.KIND))
                    .isPresent()) {
                bring(shared.get());
            }
        } catch (GridException e) {
            throw new Refusal(StatusText.STREAM_NAME_ALREADY_IN_USE, e.getMessage(), e);
        }
    }

    void bring(SharedStream shared) throws Refusal {
        Optional<BroadcastTimeline> timeline = settled(shared);
        if (timeline.isEmpty() && !isOurs(shared)) {
            throw new Refusal(
                    StatusText.STREAM_NOT_FOUND, shared.name() + " has not begun to play on node " + shared.owner());
        }
        synchronized (bringing[Math.floorMod(shared.mediaSessionId().hashCode(), bringing.length)]) {
            bringer.bring(new BroadcastFiles.Broadcast(
                    shared.mediaSessionId(), shared.name(), SharedBroadcast.uri(shared), timeline.orElse(null)));
        }
    }

    /** The same of one that this node answers for, unless that is over: the word of it may come late. */
    @Blocking
    void bringOurs(SharedStream shared) throws Refusal, GridException {
        Optional<SharedStream> now = streams.read(shared.name())
                .filter(is -> is.isRunning() && is.mediaSessionId().equals(shared.mediaSessionId()) && isOurs(is));
        if (now.isPresent()) {
            bring(now.get());
        }
    }

    /** Whether this node answers for it. */
    boolean isOurs(SharedStream shared) {
        return shared.owner().equals(cluster.node());
    }

    /** Waits until it is known what it shows when. */
    private Optional<BroadcastTimeline> settled(SharedStream shared) {
        long untilMs = System.currentTimeMillis() + SETTLE_MS;
        synchronized (changed) {
            while (true) {
                Optional<SharedStream> now = find(shared.name());
                Optional<BroadcastTimeline> timeline =
                        now.or(() -> Optional.of(shared)).flatMap(SharedBroadcast::timeline);
                long waitMs = untilMs - System.currentTimeMillis();
                boolean known = timeline.isPresent() || isOurs(now.orElse(shared));
                if (waitMs <= 0 || known && !isStarting(shared)) {
                    return timeline;
                }
                try {
                    changed.wait(waitMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
        }
    }

    @Override
    public boolean has(String name) {
        return find(name).isPresent();
    }

    @Override
    public Optional<String> nameOf(String mediaSessionId) {
        return broadcasts().stream()
                .filter(shared -> shared.mediaSessionId().equals(mediaSessionId))
                .map(SharedStream::name)
                .findFirst();
    }

    @Override
    public Optional<Hold> open(String name, Holder who) throws Refusal {
        Optional<SharedStream> shared = find(name);
        if (shared.isPresent()) {
            bring(shared.get());
        }
        return bringer.hold(name, who);
    }

    @Override
    public Executor opener(String name) {
        return bringer.opener(find(name).map(SharedBroadcast::uri).orElse(name));
    }
}
