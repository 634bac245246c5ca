package org.reelcast.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reelcast.cluster.grid.Grid;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.cluster.grid.Node;

/** Nodes in one test: they share at once, and hear of it when the test says so. One thread. */
public final class FakeGrids {
    private final Map<String, FakeGrid> nodes = new LinkedHashMap<>();
    private Map<String, String> shared = new HashMap<>();
    private Runnable afterPut = () -> {};

    /** Is run each time that something new is shared, before whoever shares it goes on. */
    public void afterPut(Runnable told) {
        afterPut = told;
    }

    /** A node that comes. */
    public Cluster join(String node) {
        return join(node, node, 0);
    }

    /** The same, which takes HTTP. @param host of its address */
    public Cluster join(String node, String host, int http) {
        try {
            return new Cluster(node, true, listener -> {
                FakeGrid grid = new FakeGrid(node, host, http, listener, shared);
                shared.forEach((key, text) -> grid.news.add(() -> grid.see(key, Optional.of(text))));
                nodes.put(node, grid);
                tellOfNodes();
                return grid;
            });
        } catch (GridException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node that dies. */
    public void kill(String node) {
        nodes.remove(node).dead = true;
        tellOfNodes();
    }

    /** Whether the grid answers a node. */
    public void answers(String node, boolean does) {
        nodes.get(node).silent = !does;
    }

    /** A node that is alone from now on, and does not see the others, nor they it. */
    public void split(String node) {
        FakeGrid alone = nodes.get(node);
        alone.shared = new HashMap<>(shared);
        alone.alone = true;
        tellOfNodes();
    }

    /** It is with the others again; what they have goes before what it has. */
    public void merge(String node) {
        FakeGrid back = nodes.get(node);
        back.shared.forEach(shared::putIfAbsent);
        back.shared = shared;
        back.alone = false;
        for (FakeGrid each : nodes.values()) {
            shared.forEach((key, text) -> each.news.add(() -> each.see(key, Optional.of(text))));
        }
        tellOfNodes();
    }

    /** Everybody hears all there is to hear. */
    public void deliver() {
        boolean more = true;
        while (more) {
            more = false;
            for (FakeGrid each : List.copyOf(nodes.values())) {
                Runnable next = each.news.poll();
                if (next != null) {
                    next.run();
                    more = true;
                }
            }
        }
    }

    /** What is shared, by key. */
    public Map<String, String> shared() {
        return shared;
    }

    private void tellOfNodes() {
        nodes.values().forEach(each -> each.news.add(each.listener::onNodes));
    }

    private final class FakeGrid implements Grid {
        private final String id;
        private final String host;
        private final int http;
        private final Listener listener;
        private final Map<String, String> copy = new HashMap<>();
        private final Queue<Runnable> news = new ArrayDeque<>();
        private Map<String, String> shared;
        private boolean alone;
        private boolean dead;
        private boolean silent;

        private FakeGrid(String id, String host, int http, Listener listener, Map<String, String> shared) {
            this.id = id;
            this.host = host;
            this.http = http;
            this.listener = listener;
            this.shared = shared;
        }

        private void see(String key, Optional<String> now) {
            Optional<String> old = Optional.ofNullable(now.isPresent() ? copy.put(key, now.get()) : copy.remove(key));
            if (!old.equals(now)) {
                listener.onChange(key, old, now);
            }
        }

        private void tell(String key) {
            Optional<String> now = Optional.ofNullable(shared.get(key));
            nodes.values().stream()
                    .filter(each -> each.shared == shared)
                    .forEach(each -> each.news.add(() -> each.see(key, now)));
        }

        @Override
        public List<Node> nodes() {
            List<Node> list = new ArrayList<>();
            nodes.values().stream()
                    .filter(each -> each == this || !alone && !each.alone)
                    .forEach(each -> list.add(new Node(
                            each.id,
                            each.host + ":7900",
                            each == this,
                            Map.of(
                                    "host",
                                    each.id + ".example",
                                    "ws",
                                    "8080",
                                    "wss",
                                    "8443",
                                    "http",
                                    Integer.toString(each.http)))));
            return list;
        }

        @Override
        public void refresh() {
            // nothing is lost on the way
        }

        private void checkAlive() throws GridException {
            if (dead || silent) {
                throw new GridException("there is no answer");
            }
        }

        @Override
        public Optional<String> read(String key) throws GridException {
            checkAlive();
            return Optional.ofNullable(shared.get(key));
        }

        @Override
        public Optional<String> putIfAbsent(String key, String text) throws GridException {
            checkAlive();
            Optional<String> old = Optional.ofNullable(shared.putIfAbsent(key, text));
            if (old.isEmpty()) {
                tell(key);
                afterPut.run();
            }
            return old;
        }

        @Override
        public boolean replace(String key, String old, String text) throws GridException {
            checkAlive();
            boolean done = shared.replace(key, old, text);
            if (done) {
                tell(key);
            }
            return done;
        }

        @Override
        public boolean remove(String key, String old) throws GridException {
            checkAlive();
            boolean done = shared.remove(key, old);
            if (done) {
                tell(key);
            }
            return done;
        }

        @Override
        public CompletionStage<String> ask(String node, String question) {
            FakeGrid other = nodes.get(node);
            return other == null || dead
                    ? CompletableFuture.failedFuture(new GridException("no answer"))
                    : CompletableFuture.completedFuture(other.listener.answer(question));
        }

        @Override
        public void close() {
            if (nodes.get(id) == this) {
                kill(id);
            }
        }
    }
}
