package org.reelcast.cluster.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A member of a Hazelcast cluster of our own. What is shared lies in one map; each node keeps a copy of it, which the
 * map's events keep up to date and which is held against the map from time to time, as events may be lost.
 */
public final class HazelcastGrid implements Grid {
    private static final Logger LOG = Logger.getLogger(HazelcastGrid.class.getName());
    /** Held, since a level is forgotten with its logger: what it says otherwise is for who works on it. */
    private static final Logger ENGINE = Logger.getLogger("com.hazelcast");

    private static final String TOPIC = "reelcast-to-";
    private static final int TRIES = 3;
    private static final int END_S = 2;

    private final Listener listener;
    private final Executor inOrder;
    private final HazelcastInstance engine;
    private final IMap<String, String> map;
    private final Questions questions;
    private final Map<String, String> copy = new ConcurrentHashMap<>();
    private final AtomicLong events = new AtomicLong();

    /**
     * Joins the others, or waits for them; blocks for a second or two.
     *
     * @param inOrder tells the listener, one thing at a time
     * @param tasks   answer others
     * @throws GridException when the port is taken, or a node of that name or another kind is there
     */
    public static HazelcastGrid join(GridOptions options, Listener listener, Executor inOrder, Executor tasks)
            throws GridException {
        // what goes wrong here is said by our own sentence
        ENGINE.setLevel(Level.OFF);
        FutureTask<HazelcastGrid> joined = new FutureTask<>(() -> joinNow(options, listener, inOrder, tasks));
        // what threads of the container make here belongs to the application for Payara, which then stops calls of
        // other nodes while theirs is being deployed
        Thread thread = new Thread(joined, "cluster-join");
        thread.setContextClassLoader(Hazelcast.class.getClassLoader());
        thread.start();
        try {
            return joined.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GridException("The server was stopped as it joined the others", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof GridException why
                    ? why
                    : new GridException("The other nodes cannot be joined: " + e.getCause(), e);
        }
    }

    private static HazelcastGrid joinNow(GridOptions options, Listener listener, Executor inOrder, Executor tasks)
            throws GridException {
        HazelcastInstance engine;
        try {
            engine = Hazelcast.newHazelcastInstance(HazelcastSetup.of(options));
        } catch (RuntimeException e) {
            throw new GridException(
                    "The port for the other nodes, " + options.address().getHostAddress() + ":" + options.port()
                            + ", cannot be opened (cluster_address, cluster_port): " + e.getMessage(),
                    e);
        }
        ENGINE.setLevel(Level.SEVERE);
        try {
            checkCompany(engine);
            return new HazelcastGrid(engine, options.node(), listener, inOrder, tasks);
        } catch (GridException | RuntimeException e) {
            engine.getLifecycleService().terminate();
            throw e;
        }
    }

    /** Of two nodes that cannot be together it is the later one that leaves. */
    private static void checkCompany(HazelcastInstance engine) throws GridException {
        Member self = engine.getCluster().getLocalMember();
        for (Member other : engine.getCluster().getMembers()) {
            if (other.localMember()) {
                return;
            }
            if (!HazelcastSetup.OUR_FORM.equals(other.getAttribute(HazelcastSetup.FORM))) {
                throw new GridException("The node at " + address(other) + " is of another version of Reelcast, which "
                        + "shares broadcasts in another form; nodes of one cluster_name need the same");
            }
            if (nodeOf(self).equals(nodeOf(other))) {
                throw new GridException("The node at " + address(other) + " is called " + nodeOf(other) + ", too; give "
                        + "each its own node_id");
            }
        }
    }

    private HazelcastGrid(HazelcastInstance engine, String node, Listener listener, Executor inOrder, Executor tasks) {
        this.engine = engine;
        this.listener = listener;
        this.inOrder = inOrder;
        map = engine.getMap(HazelcastSetup.MAP);
        questions = new Questions(node, this::send, listener::answer, tasks);
        engine.<String>getTopic(TOPIC + node)
                .addMessageListener(message -> questions.onMessage(message.getMessageObject()));
        engine.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                onMember("joined", event.getMember());
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                onMember("is gone", event.getMember());
            }
        });
        engine.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.MERGED) {
                LOG.info("The nodes are together again");
                later(this::nodesChanged);
            }
        });
        map.addEntryListener(
                new EntryAdapter<String, String>() {
                    @Override
                    public void onEntryEvent(EntryEvent<String, String> event) {
                        events.incrementAndGet();
                        Optional<String> now = Optional.ofNullable(event.getValue());
                        later(() -> apply(event.getKey(), now));
                    }
                },
                true);
        later(this::compare);
    }

    private void onMember(String what, Member who) {
        LOG.info(() -> "Node " + nodeOf(who) + " (" + address(who) + ") " + what + "; nodes: "
                + nodes().stream().map(Node::id).toList());
        later(this::nodesChanged);
    }

    private void nodesChanged() {
        compare();
        listener.onNodes();
    }

    /** Never by the engine's own threads, on which all events come. */
    private void later(Runnable what) {
        try {
            inOrder.execute(what);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "Heard too late or too much at a time", e);
        }
    }

    private void apply(String key, Optional<String> now) {
        Optional<String> old = Optional.ofNullable(now.isPresent() ? copy.put(key, now.get()) : copy.remove(key));
        if (!old.equals(now)) {
            listener.onChange(key, old, now);
        }
    }

    @Override
    public void refresh() {
        later(this::compare);
    }

    private void compare() {
        try {
            for (int i = 0; i < TRIES; i++) {
                long before = events.get();
                Map<String, String> now = new HashMap<>();
                map.entrySet().forEach(entry -> now.put(entry.getKey(), entry.getValue()));
                if (events.get() == before) {
                    List<String> gone = new ArrayList<>(copy.keySet());
                    gone.removeAll(now.keySet());
                    gone.forEach(key -> apply(key, Optional.empty()));
                    now.forEach((key, text) -> apply(key, Optional.of(text)));
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "The other nodes do not answer now", e);
        }
    }

    private void send(String to, String message) {
        engine.<String>getTopic(TOPIC + to).publishAsync(message);
    }

    private static String nodeOf(Member member) {
        String node = member.getAttribute(HazelcastSetup.NODE);
        return node == null ? address(member) : node;
    }

    private static String address(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    @Override
    public List<Node> nodes() {
        return engine.getCluster().getMembers().stream()
                .map(each -> new Node(nodeOf(each), address(each), each.localMember(), each.getAttributes()))
                .toList();
    }

    @Override
    public Optional<String> read(String key) throws GridException {
        return call(() -> Optional.ofNullable(map.get(key)));
    }

    @Override
    public Optional<String> putIfAbsent(String key, String text) throws GridException {
        return call(() -> Optional.ofNullable(map.putIfAbsent(key, text)));
    }

    @Override
    public boolean replace(String key, String old, String text) throws GridException {
        return call(() -> map.replace(key, old, text));
    }

    @Override
    public boolean remove(String key, String old) throws GridException {
        return call(() -> map.remove(key, old));
    }

    private static <T> T call(Supplier<T> what) throws GridException {
        try {
            return what.get();
        } catch (RuntimeException e) {
            throw new GridException("The other nodes do not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<String> ask(String to, String question) {
        if (nodes().stream().noneMatch(each -> each.id().equals(to))) {
            return CompletableFuture.failedFuture(new GridException("There is no node " + to));
        }
        try {
            return questions.ask(to, question);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new GridException("Node " + to + " cannot be asked", e));
        }
    }

    @Override
    public void close() {
        String threads = "hz." + engine.getName() + ".";
        engine.shutdown();
        // its threads end a moment later, and until then need classes that a server which undeploys takes away
        long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_S);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(threads)) {
                await(thread, untilNs);
            }
        }
    }

    private static void await(Thread thread, long untilNs) {
        try {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
