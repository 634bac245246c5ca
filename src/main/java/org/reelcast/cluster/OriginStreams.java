package org.reelcast.cluster;

import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.RemoteStreams;
import org.reelcast.stream.Stream;

/**
 * Streams that live on the node that they came to or are made on, their origin: published, transcoded and mixed ones. A
 * name is one stream's in all nodes, and who asks another node for it is told where it is. Any thread; what is shared is
 * changed by tasks, since who brings a stream does not wait.
 */
public final class OriginStreams implements RemoteStreams {
    private static final Logger LOG = Logger.getLogger(OriginStreams.class.getName());

    private final Cluster cluster;
    private final SharedStreams shared;
    private final Executor tasks;
    /** By name: those of this node. */
    private final Map<String, Stream> here = new ConcurrentHashMap<>();

    /** @param tasks change what is shared: they block for a moment, or some seconds when a node is lost */
    public OriginStreams(Cluster cluster, Executor tasks) {
        this.cluster = cluster;
        this.tasks = tasks;
        shared = cluster.streams();
    }

    /** From now on names are shared. */
    void start() {
        shared.listen((was, is) -> {
            is.or(() -> was).map(stream -> here.get(stream.name())).ifPresent(this::share);
            is.filter(this::isOver).ifPresent(this::forget);
        });
        cluster.onNodes(this::onNodes);
    }

    /** @throws Refusal when another node has a stream of that name, as far as this one knows */
    public void checkFree(String name) throws Refusal {
        Optional<SharedStream> other = shared.find(name)
                .filter(stream -> isElsewhere(stream) || !stream.kind().equals(SharedStream.AT_ORIGIN));
        if (other.isPresent()) {
            throw new Refusal(
                    StatusText.STREAM_NAME_ALREADY_IN_USE,
                    "A stream named '" + name + "' is there already, on "
                            + cluster.place(other.get().owner()));
        }
    }

    private boolean isElsewhere(SharedStream stream) {
        return !stream.owner().equals(cluster.node()) && cluster.has(stream.owner());
    }

    /** It can be had here from now on. Returns at once. */
    public void started(Stream stream) {
        if (cluster.isShared()) {
            here.put(stream.name(), stream);
            share(stream);
        }
    }

    /** It is over. Returns at once. */
    public void ended(Stream stream) {
        if (here.remove(stream.name(), stream)) {
            change(stream.name(), is -> is.filter(other -> !isThis(other, stream)));
        }
    }

    /** Whether it was this node's, and is no more. It was shared as it ended, or by an earlier run of this node. */
    private boolean isOver(SharedStream stream) {
        Stream mine = here.get(stream.name());
        return stream.kind().equals(SharedStream.AT_ORIGIN)
                && stream.owner().equals(cluster.node())
                && (mine == null || !isThis(stream, mine));
    }

    private void forget(SharedStream over) {
        change(over.name(), is -> is.filter(stream -> !stream.equals(over) || !isOver(stream)));
    }

    /** Once in a while: tells what the others could not be told before. */
    void tidy() {
        here.values().forEach(this::share);
        shared.running().stream().filter(this::isOver).forEach(this::forget);
    }

    private boolean isThis(SharedStream other, Stream stream) {
        return other.owner().equals(cluster.node()) && other.mediaSessionId().equals(stream.mediaSessionId());
    }

    /** Takes the name, or ends the stream when another node was first. */
    private void share(Stream stream) {
        change(
                stream.name(),
                is -> here.get(stream.name()) != stream
                                || is.filter(other -> other.isRunning()
                                                && (isThis(other, stream)
                                                        || isElsewhere(other)
                                                        || !other.kind().equals(SharedStream.AT_ORIGIN)))
                                        .isPresent()
                        ? is
                        : Optional.of(SharedStream.running(
                                stream.name(),
                                stream.mediaSessionId(),
                                SharedStream.AT_ORIGIN,
                                cluster.node(),
                                Optional.empty(),
                                JsonValue.EMPTY_JSON_OBJECT)));
    }

    /** What is to become of a name. */
    private interface Change {
        Optional<SharedStream> of(Optional<SharedStream> is);
    }

    private void change(String name, Change change) {
        try {
            tasks.execute(() -> {
                try {
                    Optional<SharedStream> now = shared.change(name, change::of);
                    Stream mine = here.get(name);
                    if (mine != null
                            && now.filter(other -> !isThis(other, mine) && !isOver(other))
                                    .isPresent()) {
                        LOG.warning(
                                () -> name + " ends here: node " + now.get().owner() + " has a stream of that name");
                        mine.source().end(StatusText.STREAM_NAME_ALREADY_IN_USE);
                    }
                } catch (GridException e) {
                    LOG.log(Level.FINE, "The other nodes are told later of " + name, e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Too busy to tell the other nodes of " + name, e);
        }
    }

    /** What a node had that is gone is free; what of ours was lost with it is told again. */
    private void onNodes() {
        tidy();
        if (cluster.nodes().get(0).self()) {
            shared.running().stream()
                    .filter(stream -> stream.kind().equals(SharedStream.AT_ORIGIN) && !cluster.has(stream.owner()))
                    .forEach(gone -> change(
                            gone.name(),
                            is -> is.filter(stream ->
                                    !stream.kind().equals(SharedStream.AT_ORIGIN) || cluster.has(stream.owner()))));
        }
    }

    private Optional<SharedStream> elsewhere(String name) {
        return shared.find(name).filter(stream -> stream.kind().equals(SharedStream.AT_ORIGIN) && isElsewhere(stream));
    }

    @Override
    public boolean has(String name) {
        return elsewhere(name).isPresent();
    }

    @Override
    public Optional<String> nameOf(String mediaSessionId) {
        return shared.running().stream()
                .filter(stream -> stream.mediaSessionId().equals(mediaSessionId))
                .map(SharedStream::name)
                .filter(this::has)
                .findFirst();
    }

    @Override
    public Optional<Hold> open(String name, Holder who) throws Refusal {
        Optional<SharedStream> found = elsewhere(name);
        if (found.isPresent()) {
            throw new Refusal(
                    StatusText.STREAM_IS_ON_ANOTHER_NODE,
                    "'" + name + "' is to be had on "
                            + cluster.place(found.get().owner()) + ": play it there");
        }
        return Optional.empty();
    }

    @Override
    public Executor opener(String name) {
        return tasks;
    }
}
