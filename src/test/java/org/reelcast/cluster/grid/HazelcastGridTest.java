package org.reelcast.cluster.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members of the real engine on loopback, in one process. */
class HazelcastGridTest {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(30);

    private final ExecutorService tasks = Executors.newCachedThreadPool();
    private final List<Grid> open = new ArrayList<>();
    private final List<Integer> ports = List.of(freePort(), freePort());

    /** What a node hears. */
    private static final class Heard implements Grid.Listener {
        private final Map<String, String> texts = new ConcurrentHashMap<>();

        @Override
        public void onChange(String key, Optional<String> old, Optional<String> now) {
            now.ifPresentOrElse(text -> texts.put(key, text), () -> texts.remove(key));
        }

        @Override
        public void onNodes() {
            // asked for
        }

        @Override
        public String answer(String question) {
            if (question.equals("fail")) {
                throw new IllegalStateException("on purpose");
            }
            return "answer to " + question;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private HazelcastGrid join(String node, int index, Heard heard, String places) throws Exception {
        return join(options(node, "grid-test", index, places), heard);
    }

    private GridOptions options(String node, String name, int index, String places) throws Exception {
        return new GridOptions(
                node,
                name,
                InetAddress.getByName("127.0.0.1"),
                ports.get(index),
                MemberPlaces.parse(places, ports.get(index)),
                Map.of("at", "port " + index));
    }

    private HazelcastGrid join(GridOptions options, Heard heard) throws Exception {
        HazelcastGrid grid = HazelcastGrid.join(options, heard, Executors.newSingleThreadExecutor(), tasks);
        open.add(grid);
        return grid;
    }

    private String list() {
        return "127.0.0.1:" + ports.get(0) + ", 127.0.0.1:" + ports.get(1);
    }

    @AfterEach
    void close() throws IOException {
        for (Grid grid : open) {
            grid.close();
        }
        tasks.shutdownNow();
    }

    private static void await(BooleanSupplier condition) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < untilNs, "it does not come to that");
            Thread.onSpinWait();
        }
    }

    @Test
    void nodesShareTexts_compareAndSetThem_andAskOneAnother() throws Exception {
        Heard heard = new Heard();
        Grid first = join("a", 0, heard, list());
        assertEquals(Optional.empty(), first.putIfAbsent("k", "one"));
        Heard late = new Heard();
        Grid second = join("b", 1, late, list());
        await(() -> first.nodes().size() == 2);
        assertEquals(List.of("a", "b"), second.nodes().stream().map(Node::id).toList());
        assertEquals("port 0", second.nodes().get(0).facts().get("at"));
        await(() -> "one".equals(late.texts.get("k")));
        assertEquals(Optional.of("one"), second.putIfAbsent("k", "two"));
        assertFalse(second.replace("k", "none", "two"));
        assertTrue(second.replace("k", "one", "two"));
        await(() -> "two".equals(heard.texts.get("k")));
        assertEquals(Optional.of("two"), first.read("k"));
        assertFalse(first.remove("k", "one"));
        assertTrue(first.remove("k", "two"));
        await(() -> late.texts.isEmpty());

        assertEquals(
                "answer to q\n\"ü",
                first.ask("b", "q\n\"ü").toCompletableFuture().get(10, TimeUnit.SECONDS));
        String goesOnBy = first.ask("b", "q")
                .thenApply(answer -> Thread.currentThread().getName())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertFalse(goesOnBy.startsWith("hz."), goesOnBy);
        assertThrows(
                ExecutionException.class,
                () -> first.ask("b", "fail").toCompletableFuture().get());
        assertThrows(
                ExecutionException.class,
                () -> first.ask("c", "q").toCompletableFuture().get());

        second.putIfAbsent("stays", "here");
        second.close();
        // a server that undeploys the application takes the engine's classes away now
        assertEquals(
                List.of(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("hz.reelcast-b-"))
                        .toList());
        await(() -> first.nodes().size() == 1);
        assertEquals(Optional.of("here"), first.read("stays"));
        assertThrows(GridException.class, () -> second.read("stays"));
    }

    @Test
    void secondNodeOfOneName_isRefusedWithASentence_andDisturbsNobody() throws Exception {
        Heard heard = new Heard();
        Grid first = join("a", 0, heard, list());
        first.putIfAbsent("k", "one");
        GridException refused = assertThrows(GridException.class, () -> join("a", 1, new Heard(), list()));
        assertTrue(refused.getMessage().contains("is called a, too; give each its own node_id"), refused.getMessage());
        await(() -> first.nodes().size() == 1);
        assertEquals(Optional.of("one"), first.read("k"));
    }

    @Test
    void nodeOfAnotherVersion_isRefusedWithASentence_andDisturbsNobody() throws Exception {
        Config other = HazelcastSetup.of(options("a", "grid-test", 0, list()));
        other.getMemberAttributeConfig().setAttribute(HazelcastSetup.FORM, "of another version");
        HazelcastInstance first = Hazelcast.newHazelcastInstance(other);
        try {
            GridException refused = assertThrows(GridException.class, () -> join("b", 1, new Heard(), list()));
            assertTrue(
                    refused.getMessage()
                            .startsWith("The node at 127.0.0.1:" + ports.get(0) + " is of another version of Reelcast"),
                    refused.getMessage());
            await(() -> first.getCluster().getMembers().size() == 1);
        } finally {
            first.getLifecycleService().terminate();
        }
    }

    @Test
    void nodesOfAnotherName_areNotJoined() throws Exception {
        Grid first = join("a", 0, new Heard(), list());
        Grid other = join(options("a", "another", 1, list()), new Heard());
        assertEquals(Optional.empty(), first.putIfAbsent("k", "one"));
        assertEquals(Optional.empty(), other.putIfAbsent("k", "two"));
        assertEquals(1, first.nodes().size());
        assertEquals(1, other.nodes().size());
    }

    @Test
    void portThatIsTaken_isRefusedWithASentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(ports.get(0), 1, InetAddress.getByName("127.0.0.1"))) {
            GridException refused = assertThrows(GridException.class, () -> join("a", 0, new Heard(), list()));
            assertTrue(
                    refused.getMessage().contains("127.0.0.1:" + taken.getLocalPort() + ", cannot be opened"),
                    refused.getMessage());
        }
    }

    @Test
    void nodeIsFoundByADnsName() throws Exception {
        Grid first = join("a", 0, new Heard(), "dns:localhost:" + ports.get(0));
        join("b", 1, new Heard(), "dns:localhost:" + ports.get(0));
        await(() -> first.nodes().size() == 2);
    }
}
