package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.ClusterNodes;
import org.reelcast.e2e.harness.Crowd;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NetworkNamespaces;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Three nodes with a crowd of viewers and a recording: one node dies, freezes, is stopped, is cut off and comes back. By
 * {@code -Pcluster} alone, as it needs a machine to itself, and root for the cut.
 */
@E2e
class ClusterCrowd {
    private static final int VIEWERS = Integer.getInteger("reelcast.cluster.viewers", 30);
    private static final long BACK_MS = Long.getLong("reelcast.cluster.back.ms", 3_000);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long TOGETHER_MS = 3_000;
    private static final long FROZEN_MS = 12_000;
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final List<Integer> ALL = List.of(A, B, C);
    private static final String FILM = """
            {"uri": "vod-live://numbered.mp4", "localStreamName": "film", "loop": true}""";

    private static ClusterNodes start(String name) {
        ClusterNodes nodes = ClusterNodes.start(
                name, 3, builder -> builder.set("warm_up_plays", 0).set("drain_s", 3));
        long readyMs = System.currentTimeMillis();
        awaitTogether(nodes);
        long togetherMs = System.currentTimeMillis() - readyMs;
        System.out.printf("Three nodes are one cluster %d ms after the last was ready%n", togetherMs);
        assertTrue(togetherMs < TOGETHER_MS, togetherMs + " ms");
        begin(nodes);
        return nodes;
    }

    private static void begin(ClusterNodes nodes) {
        nodes.put(TestMedia.numbered(), "numbered.mp4");
        nodes.post(A, "/vod/startup", FILM);
        Await.until(LIMIT, () -> find(nodes, C).has("startTime"), nodes.server(C)::lastWords);
    }

    private static JsonObject find(ClusterNodes nodes, int node) {
        RestClient.Answer answer = nodes.rest(node).post("/vod/find", """
                {"localStreamName": "film", "display": ["position"]}""");
        return answer.status() == 200 ? answer.array().get(0).getAsJsonObject() : new JsonObject();
    }

    /** A recording that this node makes, and what it is called in the file names of all. */
    private static String record(ClusterNodes nodes, int node) {
        String id = find(nodes, node).get("localMediaSessionId").getAsString();
        nodes.post(node, "/recorder/startup", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "part"}}""".formatted(id));
        return id;
    }

    /** Ends the recording, and the films that were made of it on those nodes are whole. @param parts at least */
    private static void assertRecorded(ClusterNodes nodes, int node, String id, int parts, List<Integer> on)
            throws IOException {
        nodes.post(node, "/recorder/terminate", """
                {"mediaSessionId": "%s"}""".formatted(id));
        Await.until(LIMIT, () -> nodes.recording(node).isEmpty(), nodes.server(node)::lastWords);
        Await.until(
                LIMIT,
                () -> films(nodes, ".tmp", on).isEmpty()
                        && films(nodes, ".mp4", on).size() >= parts,
                () -> films(nodes, "", on).toString());
        for (Path film : films(nodes, ".mp4", on)) {
            assertTrue(TestMedia.frames(film) > 1, film.toString());
        }
    }

    private static List<Path> films(ClusterNodes nodes, String end, List<Integer> on) {
        List<Path> films = new ArrayList<>();
        for (int node : on) {
            try (Stream<Path> list = Files.list(nodes.server(node).home().resolve("records"))) {
                list.filter(file -> file.getFileName().toString().startsWith("part")
                                && file.toString().endsWith(end))
                        .forEach(films::add);
            } catch (IOException e) {
                // of a node that never recorded
            }
        }
        return films;
    }

    private static Crowd join(ClientNetwork network, ClusterNodes nodes, int node) {
        return Crowd.join(network, "film", nodes.server(node), VIEWERS / 3);
    }

    @Test
    void nodeThatDies() throws Exception {
        try (ClusterNodes nodes = start("dies");
                ClientNetwork network = new ClientNetwork(2, List.of(7, 1));
                Crowd onA = join(network, nodes, A);
                Crowd onB = join(network, nodes, B);
                Crowd onC = join(network, nodes, C)) {
            String id = record(nodes, A);
            long startTime = find(nodes, B).get("startTime").getAsLong();
            Await.pause(Duration.ofSeconds(3));
            nodes.server(A).kill();
            long killedNs = System.nanoTime();
            try (Crowd back = Crowd.join(
                    network,
                    "film",
                    IntStream.range(0, onA.size())
                            .parallel()
                            .mapToObj(i -> nodes.balanced(i % 2 == 0 ? B : C))
                            .toList())) {
                long backMs = (System.nanoTime() - killedNs) / 1_000_000;
                System.out.printf("%d viewers of the node that died play again after %d ms%n", back.size(), backMs);
                assertTrue(backMs <= BACK_MS, backMs + " ms");
                Await.until(LIMIT, () -> nodes.recording(B).size() == 1, nodes.server(B)::lastWords);
                assertEquals(startTime, find(nodes, C).get("startTime").getAsLong());
                Await.pause(Duration.ofSeconds(2));
                back.assertLostNothing(10);
                onB.assertLostNothing(40);
                onC.assertLostNothing(40);
            }
            // its own part is cut off, and is finished when the node comes again
            assertRecorded(nodes, B, id, 1, List.of(B, C));
            assertFalse(films(nodes, ".tmp", List.of(A)).isEmpty());
        }
    }

    @Test
    void nodeThatFreezes() throws Exception {
        try (ClusterNodes nodes = start("freezes");
                ClientNetwork network = new ClientNetwork(2, List.of(7, 1));
                Crowd onA = join(network, nodes, A);
                Crowd onB = join(network, nodes, B);
                Crowd onC = join(network, nodes, C)) {
            String id = record(nodes, B);
            nodes.server(B).signal("STOP");
            long frozenMs = System.currentTimeMillis();
            Await.until(LIMIT, () -> nodes.recording(A).size() == 1, nodes.server(A)::lastWords);
            System.out.printf("The recording goes on elsewhere after %d ms%n", System.currentTimeMillis() - frozenMs);
            Await.pause(Duration.ofMillis(Math.max(0, frozenMs + FROZEN_MS - System.currentTimeMillis())));
            nodes.server(B).signal("CONT");
            awaitTogether(nodes);
            Await.until(
                    LIMIT,
                    () -> nodes.recording(A).size() == 1 && !nodes.recording(A).contains("b"),
                    nodes.server(B)::lastWords);
            onB.close();
            try (Crowd again = join(network, nodes, B)) {
                Await.pause(Duration.ofSeconds(1));
                again.assertLostNothing(5);
            }
            onA.assertLostNothing(100);
            onC.assertLostNothing(100);
            assertRecorded(nodes, C, id, 2, ALL);
        }
    }

    private static void awaitTogether(ClusterNodes nodes) {
        for (int node : ALL) {
            Await.until(LIMIT, () -> nodes.list(node, "/cluster/find_all").size() == 3, nodes.server(node)::lastWords);
        }
    }

    @Test
    void nodeThatIsStopped() throws Exception {
        try (ClusterNodes nodes = start("stopped");
                ClientNetwork network = new ClientNetwork(2, List.of(7, 1));
                Crowd onA = join(network, nodes, A);
                Crowd onB = join(network, nodes, B);
                Crowd onC = join(network, nodes, C)) {
            String id = record(nodes, C);
            Await.pause(Duration.ofSeconds(3));
            nodes.server(C).stop();
            onC.awaitStopped("Requested stream shutdown");
            Await.until(LIMIT, () -> nodes.recording(A).size() == 1, nodes.server(A)::lastWords);
            Await.pause(Duration.ofSeconds(2));
            onA.assertLostNothing(40);
            onB.assertLostNothing(40);
            assertRecorded(nodes, A, id, 2, ALL);
        }
    }

    @Test
    void nodeThatIsCutOffAndComesBack() throws Exception {
        try (NetworkNamespaces places = new NetworkNamespaces(3);
                ClusterNodes nodes = ClusterNodes.start("cut", places, builder -> builder.set("warm_up_plays", 0))) {
            begin(nodes);
            String id = record(nodes, B);
            long startTime = find(nodes, B).get("startTime").getAsLong();
            places.cutOff(B);
            Await.until(
                    LIMIT,
                    () -> nodes.recording(B).equals(List.of("b"))
                            && nodes.recording(A).size() == 1
                            && !nodes.recording(A).contains("b"),
                    nodes.server(A)::lastWords);
            // each side plays on by the same timeline, and takes names that the other has
            assertEquals(startTime, find(nodes, B).get("startTime").getAsLong());
            assertEquals(startTime, find(nodes, C).get("startTime").getAsLong());
            nodes.post(A, "/vod/startup", FILM.replace("\"film\"", "\"both\""));
            Await.pause(Duration.ofSeconds(1));
            nodes.post(B, "/vod/startup", FILM.replace("\"film\"", "\"both\""));
            places.heal(B);
            long healedMs = System.currentTimeMillis();
            awaitTogether(nodes);
            System.out.printf("Together again after %d ms%n", System.currentTimeMillis() - healedMs);
            for (int node : ALL) {
                Await.until(
                        LIMIT,
                        () -> nodes.recording(node).size() == 1
                                && nodes.list(node, "/vod/find_all").size() == 2,
                        nodes.server(node)::lastWords);
            }
            assertRecorded(nodes, A, id, 2, ALL);
        }
    }
}
