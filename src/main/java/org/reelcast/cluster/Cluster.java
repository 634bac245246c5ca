package org.reelcast.cluster;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.reelcast.cluster.grid.Grid;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.cluster.grid.NoGrid;
import org.reelcast.cluster.grid.Node;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;

/** This node among the others: who is there, what they answer, and the streams that all know. */
@AnyThread
public final class Cluster implements Closeable {
    private static final String SECRET = "secret";

    private final String node;
    private final boolean shares;
    private final Map<String, UnaryOperator<String>> answerers = new ConcurrentHashMap<>();
    private final List<Runnable> nodeListeners = new CopyOnWriteArrayList<>();
    private final Grid grid;
    private final SharedStreams streams;
    private final SharedJobs jobs;
    private volatile String secret;

    /** What all nodes share, by kind. */
    private record Shared(SharedStreams streams, SharedJobs jobs) {}

    /** Connects with the others, from then on the listener is told. */
    public interface Joining {
        Grid join(Grid.Listener listener) throws GridException;
    }

    /**
     * @param node   what this one is called
     * @param shares whether there may be others
     */
    public Cluster(String node, boolean shares, Joining joining) throws GridException {
        this.node = node;
        this.shares = shares;
        CompletableFuture<Shared> known = new CompletableFuture<>();
        grid = joining.join(new Grid.Listener() {
            @Override
            public void onChange(String key, Optional<String> old, Optional<String> now) {
                if (key.startsWith(SharedStreams.KEYS)) {
                    known.join().streams().onChange(key, now);
                } else if (key.startsWith(Job.KEYS)) {
                    known.join().jobs().onChange(key, now);
                } else if (key.equals(SECRET)) {
                    secret = now.orElse(null);
                }
            }

            @Override
            public void onNodes() {
                known.join().jobs().onNodes();
                nodeListeners.forEach(Runnable::run);
            }

            @Override
            public String answer(String question) {
                return Cluster.this.answer(question);
            }
        });
        streams = new SharedStreams(grid);
        jobs = new SharedJobs(grid, node);
        known.complete(new Shared(streams, jobs));
    }

    /** One node, and never another. */
    public static Cluster alone(String node) {
        try {
            return new Cluster(node, false, listener -> new NoGrid(node));
        } catch (GridException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there may be other nodes. */
    public boolean isShared() {
        return shares;
    }

    /** What this node is called. */
    public String node() {
        return node;
    }

    /** The nodes that are there, the eldest first. */
    public List<Node> nodes() {
        return grid.nodes();
    }

    /** Whether that node is there. */
    public boolean has(String id) {
        return nodes().stream().anyMatch(each -> each.id().equals(id));
    }

    /** Where viewers reach a node; empty when it does not say. */
    public Optional<ViewerAddress> viewerAddress(String id) {
        return nodes().stream().filter(each -> each.id().equals(id)).findFirst().flatMap(ViewerAddress::of);
    }

    /** A node for a sentence: its name, and where viewers reach it. */
    String place(String id) {
        return "node " + id
                + viewerAddress(id).map(address -> ", at " + address).orElse("");
    }

    public SharedStreams streams() {
        return streams;
    }

    /**
     * What nodes of this cluster know, and nobody else: whoever has it may ask a node by HTTP.
     *
     * @throws IllegalStateException when the others do not answer
     */
    @Blocking
    public String secret() {
        if (secret == null) {
            try {
                String mine = UUID.randomUUID().toString();
                secret = grid.putIfAbsent(SECRET, mine).orElse(mine);
            } catch (GridException e) {
                throw new IllegalStateException("The nodes' secret is not known yet", e);
            }
        }
        return secret;
    }

    /** Work that one node does for all. */
    public SharedJobs jobs() {
        return jobs;
    }

    /** How many jobs of each kind a node does for all, as this one knows. */
    public Map<String, Integer> jobCounts(String id) {
        return jobs.table().count(id);
    }

    /** This node is about to stop: others do what it did, and what it was to do. */
    @Blocking
    void leave() {
        jobs.leave();
    }

    /** From now on {@code listener} is told when nodes have come or gone. */
    public void onNodes(Runnable listener) {
        nodeListeners.add(listener);
    }

    /** From now on others are answered by {@code answerer} who ask about {@code topic}. */
    public void answer(String topic, UnaryOperator<String> answerer) {
        answerers.put(topic, answerer);
    }

    private String answer(String question) {
        int end = question.indexOf('\n');
        UnaryOperator<String> answerer = answerers.get(question.substring(0, Math.max(0, end)));
        return answerer == null ? "" : answerer.apply(question.substring(end + 1));
    }

    /** Asks one node; fails when there is no answer within a second. */
    public CompletionStage<String> ask(String other, String topic, String body) {
        return grid.ask(other, topic + '\n' + body);
    }

    /** Asks all nodes but this one. Completes within a second, never exceptionally. */
    public CompletionStage<Answers> askOthers(String topic, String body) {
        Map<String, CompletableFuture<String>> asked = new TreeMap<>();
        nodes().stream()
                .filter(each -> !each.self())
                .forEach(
                        each -> asked.put(each.id(), ask(each.id(), topic, body).toCompletableFuture()));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .handle((done, failure) -> {
                    Map<String, String> texts = new TreeMap<>();
                    List<String> silent = new ArrayList<>();
                    asked.forEach((id, answer) -> {
                        if (answer.isCompletedExceptionally()) {
                            silent.add(id);
                        } else {
                            texts.put(id, answer.join());
                        }
                    });
                    return new Answers(texts, silent);
                });
    }

    /** Once in a while: has what this node knows compared with what is, and forgets what ended long ago. */
    @Blocking
    void tidy(long nowMs) throws GridException {
        grid.refresh();
        jobs.tidy();
        streams.sweep(nowMs);
    }

    /** Leaves the others. Blocks for some seconds at most. */
    @Override
    public void close() {
        grid.close();
    }
}
