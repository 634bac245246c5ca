package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reelcast.cluster.Cluster;
import org.reelcast.cluster.FakeGrids;
import org.reelcast.rendition.film.Renditions;
import org.reelcast.rendition.reencode.SegmentPeers;
import org.reelcast.storage.SourceId;

@Timeout(60)
class SegmentExchangeTest {
    private static final SourceId FILM = new SourceId("/media/a b.mp4", 1000, "2026-01-02T03:04:05Z");
    private static final long BLOCK_US = 30_000_000;
    private static final int BLOCKS = 3000;

    private final FakeGrids grids = new FakeGrids();
    private final ExecutorService tasks = Executors.newCachedThreadPool();
    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private volatile int status = 200;
    private long nowMs = 1_000_000;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(tasks);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        tasks.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst(SegmentExchange.SECRET));
        if (status == 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body = status == 200 ? new byte[] {1, 2, 3} : new byte[0];
        exchange.sendResponseHeaders(status == 0 ? 500 : status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private SegmentExchange exchange(Cluster cluster) {
        return exchange(cluster, Duration.ofSeconds(20));
    }

    private SegmentExchange exchange(Cluster cluster, Duration limit) {
        return new SegmentExchange(
                cluster, film -> Optional.of("a b.mp4"), new SegmentExchange.Limits(limit, limit), () -> nowMs, tasks);
    }

    private Cluster join(String node) {
        return grids.join(node, "127.0.0.1", server.getAddress().getPort());
    }

    /** Of each half minute, which nodes take it for theirs. */
    private static Map<Integer, List<String>> makers(Map<String, SegmentExchange> nodes) {
        Map<Integer, List<String>> makers = new HashMap<>();
        nodes.forEach((node, exchange) -> {
            for (int i = 0; i < BLOCKS; i++) {
                if (exchange.maker(FILM, "how", i * BLOCK_US + 1).isEmpty()) {
                    makers.computeIfAbsent(i, none -> new ArrayList<>()).add(node);
                }
            }
        });
        return makers;
    }

    @Test
    void eachPlaceIsOneNodes_andOfADeadOneThoseAloneAreOthers() {
        Map<String, SegmentExchange> nodes = new HashMap<>();
        for (String node : List.of("a", "b", "c")) {
            nodes.put(node, exchange(join(node)));
        }
        Map<Integer, List<String>> before = makers(nodes);
        Map<String, Integer> shares = new HashMap<>();
        before.values().forEach(makers -> shares.merge(makers.get(0), 1, Integer::sum));
        assertEquals(BLOCKS, before.size());
        assertTrue(before.values().stream().allMatch(makers -> makers.size() == 1));
        shares.values().forEach(share -> assertEquals(BLOCKS / 3, share, BLOCKS / 20, shares.toString()));

        grids.kill("c");
        nodes.remove("c");
        Map<Integer, List<String>> after = makers(nodes);
        assertEquals(BLOCKS, after.size());
        before.forEach((place, makers) -> {
            assertEquals(1, after.get(place).size());
            assertTrue(makers.equals(after.get(place)) || makers.equals(List.of("c")));
        });
    }

    /** Something that the other node makes. */
    private SegmentPeers.Peer other(SegmentExchange exchange) {
        for (int i = 0; i < BLOCKS; i++) {
            Optional<SegmentPeers.Peer> peer = exchange.maker(FILM, "how", i * BLOCK_US);
            if (peer.isPresent()) {
                return peer.get();
            }
        }
        throw new AssertionError("All is made here");
    }

    private byte[] fetch(SegmentExchange exchange) throws Exception {
        return other(exchange).fetch(true).toCompletableFuture().get(40, TimeUnit.SECONDS);
    }

    @Test
    void isAskedWithTheSecretThatNodesKnow() throws Exception {
        Cluster a = grids.join("a");
        Cluster b = join("b");
        assertArrayEquals(new byte[] {1, 2, 3}, fetch(exchange(a)));
        assertTrue(
                asked.get(0)
                        .matches("/cluster/segment\\?film=a\\+b.mp4&size=1000&version=2026-01-02T03%3A04%3A05Z"
                                + "&how=how&start=\\d+&made=true " + b.secret()),
                asked.toString());
        SegmentSupply supply = new SegmentSupply(b, null, Renditions.pictures(), tasks);
        assertTrue(supply.isKnown(a.secret()));
        assertFalse(supply.isKnown("other"));
        assertFalse(supply.isKnown(null));
        assertFalse(new SegmentSupply(Cluster.alone("x"), null, Renditions.pictures(), tasks).isKnown("any"));
    }

    @Test
    void nodeThatHasItNot_isAskedAgain() throws Exception {
        SegmentExchange exchange = exchange(grids.join("a"));
        join("b");
        status = 404;
        assertThrows(ExecutionException.class, () -> fetch(exchange));
        status = 200;
        assertEquals(3, fetch(exchange).length);
    }

    @Test
    void nodeThatDoesNotAnswer_isLeftInPeaceForAWhile() throws Exception {
        SegmentExchange exchange = exchange(grids.join("a"), Duration.ofMillis(300));
        join("b");
        status = 0;
        assertThrows(ExecutionException.class, () -> fetch(exchange));
        assertThrows(AssertionError.class, () -> other(exchange), "all is made here now");
        nowMs += 10_001;
        other(exchange);
    }

    @Test
    void nodeThatTakesNoHttp_isNotAsked() {
        SegmentExchange exchange = exchange(grids.join("a"));
        grids.join("b");
        assertThrows(AssertionError.class, () -> other(exchange));
    }

    @Test
    void wishThatLacksSomething_isNone() {
        Map<String, String> fields = new HashMap<>(
                Map.of("film", "a.mp4", "size", "1", "version", "v", "how", "h", "start", "5", "made", "true"));
        assertEquals(
                Optional.of(new SegmentSupply.Wish("a.mp4", 1, "v", "h", 5, true)), SegmentSupply.Wish.of(fields::get));
        for (String field : List.of("film", "size", "version", "how", "start")) {
            Map<String, String> fewer = new HashMap<>(fields);
            fewer.remove(field);
            assertTrue(SegmentSupply.Wish.of(fewer::get).isEmpty(), field);
        }
        fields.put("size", "many");
        assertTrue(SegmentSupply.Wish.of(fields::get).isEmpty());
    }
}
