package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BalancedPage;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.ClusterNodes;
import org.reelcast.e2e.harness.Crowd;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.NumberedFilm;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.e2e.harness.WebSdk;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Three servers that are one: any viewer on any of them sees the same picture, whoever started it and whoever dies. What one
 * node hears of another, it hears a moment later, and on a busy machine after some: so that is waited for.
 */
@BesideOthers
@E2e
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final List<Integer> ALL = List.of(A, B, C);
    private static final int CROWD = 10;

    private static ClusterNodes nodes;

    private final Chromium chromium;

    ClusterIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void startNodes() {
        nodes = ClusterNodes.start(
                "cluster",
                3,
                builder -> builder.set("warm_up_plays", 0).set("drain_s", 2).set("client2_dir", WebSdk.folder()));
        nodes.put(TestMedia.numbered(), "numbered.mp4");
        for (int node : ALL) {
            Await.until(LIMIT, () -> nodes.list(node, "/cluster/find_all").size() == 3, nodes.server(node)::lastWords);
        }
    }

    @AfterAll
    static void stopNodes() {
        nodes.close();
    }

    private static void start(int node, String name) {
        nodes.post(node, "/vod/startup", """
                {"uri": "vod-live://numbered.mp4", "localStreamName": "%s", "loop": true}""".formatted(name));
    }

    /** What a node says of the only broadcast, once it is known when that started. */
    private static JsonObject film(int asked) {
        JsonObject[] found = new JsonObject[1];
        Await.until(
                LIMIT,
                () -> {
                    RestClient.Answer answer = nodes.rest(asked).post("/vod/find", """
                            {"localStreamName": "film", "display": ["position"]}""");
                    if (answer.status() == 200 && answer.array().size() == 1) {
                        found[0] = answer.array().get(0).getAsJsonObject();
                    }
                    return found[0] != null && found[0].has("startTime");
                },
                nodes.server(asked)::lastWords);
        return found[0];
    }

    private static long startMs(int asked) {
        return film(asked).get("startTime").getAsLong();
    }

    private static void awaitNodes(int asked, String... names) {
        Await.until(
                LIMIT,
                () -> nodes.nodesOfTheOnlyStream(asked).equals(List.of(names)),
                () -> nodes.rest(asked).get("/vod/find_all").body());
    }

    private static void awaitGone(int asked, String call) {
        Await.until(
                LIMIT,
                () -> nodes.rest(asked).get(call).status() == 404,
                () -> nodes.rest(asked).get(call).body());
    }

    @Test
    @Order(1)
    void startedOnOne_isTheSameOnAll_andEndsOnAll() throws Exception {
        start(A, "film");
        assertEquals(409, nodes.rest(B).post("/vod/startup", """
                {"uri": "vod-live://numbered.mp4", "localStreamName": "film"}""").status());
        long startMs = startMs(B);
        try (Viewers onB = new Viewers(chromium, nodes.server(B));
                Viewers onC = new Viewers(chromium, nodes.server(C))) {
            int first = onB.play("film");
            int second = onC.play("vod-live://numbered.mp4");
            assertSameSegments();
            onB.awaitFrames(first, 15);
            onC.awaitFrames(second, 15);
            awaitSamePicture(onB, first, onC, second, startMs);
            ALL.forEach(node -> awaitNodes(node, "a", "b", "c"));

            nodes.post(A, "/vod/terminate", """
                    {"localStreamName": "film"}""");
            assertEquals(
                    "Stopped by rest /terminate",
                    onC.awaitStatus(second, "STOPPED").info());
            assertEquals(
                    "Stopped by rest /terminate",
                    onB.awaitStatus(first, "STOPPED").info());
        }
        ALL.forEach(node -> awaitGone(node, "/vod/find_all"));
        assertPersonalFilmEndsFromElsewhere();
    }

    /** Of one viewer's own film the others know nothing before they ask. */
    private static void assertPersonalFilmEndsFromElsewhere() {
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightViewer viewer = new LightViewer(network, nodes.server(C), "vod://numbered.mp4")) {
            viewer.awaitPlaying();
            awaitNodes(A, "c");
            Await.until(
                    LIMIT, () -> nodes.rest(A).post("/vod/terminate", """
                            {"uri": "vod://numbered.mp4"}""").status() == 200, nodes.server(A)::lastWords);
            assertEquals("Stopped by rest /terminate", viewer.awaitStopped());
        }
    }

    /** A browser that has no time for a moment is behind until it has. */
    private static void awaitSamePicture(Viewers onB, int first, Viewers onC, int second, long startMs) {
        long[] behind = new long[2];
        Await.until(
                Duration.ofMinutes(1),
                () -> {
                    behind[0] = NumberedFilm.behindMs(onB, first, startMs);
                    behind[1] = NumberedFilm.behindMs(onC, second, startMs);
                    return Math.abs(behind[0] - behind[1]) <= NumberedFilm.FRAME_MS
                            && behind[0] < 4 * NumberedFilm.FRAME_MS;
                },
                () -> "on B " + behind[0] + " ms behind, on C " + behind[1]);
        System.out.printf("Shown after the time of day: on B %d ms, on C %d ms%n", behind[0], behind[1]);
    }

    /** A player may ask each node in turn; whoever delivers, all nodes list. */
    private static void assertSameSegments() throws Exception {
        ParsedPlaylist list = new HlsRules(nodes.server(A)).list(new HlsRules(nodes.server(A)).uri("/film/film.m3u8"));
        String segment = "/film/" + list.uris().get(0);
        byte[] expected = segment(A, segment).body();
        assertTrue(expected.length > 1000, list.text);
        Await.until(
                LIMIT,
                () -> nodes.rest(C).post("/hls/find_all", "").body().equals("[\"film\"]"),
                () -> nodes.rest(C).post("/hls/find_all", "").body());
        for (int node : List.of(B, C)) {
            HttpResponse<byte[]> other = segment(node, segment);
            assertEquals(200, other.statusCode());
            assertArrayEquals(expected, other.body());
        }
        Await.until(
                LIMIT,
                () -> {
                    nodes.rest(B).post("/hls/terminate", """
                            {"name": "film"}""");
                    return nodes.rest(A).post("/hls/find_all", "").status() == 404;
                },
                () -> nodes.rest(A).post("/hls/find_all", "").body());
    }

    private static HttpResponse<byte[]> segment(int node, String path) {
        HlsRules rules = new HlsRules(nodes.server(node));
        return rules.get(rules.uri(path));
    }

    @Test
    @Order(2)
    void deadNode_takesNothingWithIt() {
        start(A, "film");
        try (Viewers onB = new Viewers(chromium, nodes.server(B));
                Viewers onC = new Viewers(chromium, nodes.server(C));
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                Crowd ofA = Crowd.join(network, "film", nodes.server(A), CROWD);
                Crowd ofB = Crowd.join(network, "film", nodes.server(B), CROWD);
                Crowd ofC = Crowd.join(network, "film", nodes.server(C), CROWD)) {
            int first = onB.play("film");
            onB.awaitFrames(first, 5);
            long startMs = startMs(B);
            String id = film(B).get("localMediaSessionId").getAsString();
            beginJobs(id);
            long frames = onB.stats(first).framesDecoded();
            nodes.server(A).kill();
            try (Crowd back = comeBack(network, ofA.size())) {
                int late = onC.play("film");
                onC.awaitFrames(late, 5);
                onC.awaitFrames(late, onC.stats(late).framesDecoded() + 10);
                onB.awaitFrames(first, frames + 20);
                assertEquals(0, onB.stats(first).packetsLost());
                assertEquals(startMs, startMs(C));
                ALL.stream().filter(node -> node != A).forEach(node -> awaitNodes(node, "b", "c"));
                Await.until(
                        LIMIT,
                        () -> nodes.recording(B).size() == 1,
                        () -> nodes.server(B).lastWords());
                assertMadeAgain();
                back.assertPlayed(5);
                ofB.assertPlayed(10);
                ofC.assertPlayed(10);
            }
            // of the one that records it is the other that is asked
            int other = nodes.recording(B).equals(List.of("b")) ? C : B;
            nodes.post(other, "/recorder/terminate", """
                    {"mediaSessionId": "%s"}""".formatted(id));
            awaitGone(other, "/recorder/find_all");
            nodes.post(C, "/vod/terminate", """
                    {"localStreamName": "film"}""");
            onB.awaitStatus(first, "STOPPED");
        }
    }

    /** The viewers of the node that died, where the others send them. */
    private static Crowd comeBack(ClientNetwork network, int count) {
        Await.until(
                LIMIT,
                () -> ALL.stream()
                        .filter(node -> node != A)
                        .allMatch(node -> nodes.list(node, "/cluster/find_all").size() == 2),
                nodes.server(B)::lastWords);
        return Crowd.join(
                network,
                "film",
                IntStream.range(0, count)
                        .mapToObj(i -> nodes.balanced(i % 2 == 0 ? B : C))
                        .toList());
    }

    /** A node has work of each kind. */
    private static void beginJobs(String id) {
        nodes.post(A, "/recorder/startup", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "moved"}}""".formatted(id));
        Await.until(LIMIT, () -> nodes.recording(C).equals(List.of("a")), nodes.server(C)::lastWords);
        nodes.post(A, "/transcoder/startup", """
                {"uri": "transcoder://t", "remoteStreamName": "film", "localStreamName": "small",
                 "encoder": {"width": 160}}""");
        nodes.post(A, "/mixer/startup", """
                {"uri": "mixer://m", "localStreamName": "mixed", "mixerVideoWidth": 320, "mixerVideoHeight": 180}""");
        nodes.post(A, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "small", "streamLabel": "Film"}""");
        assertEquals(409, nodes.rest(B).post("/mixer/startup", """
                {"uri": "mixer://m", "localStreamName": "mixed"}""").status());
        Await.until(
                LIMIT,
                () -> {
                    RestClient.Answer elsewhere = nodes.rest(B).post("/mixer/remove", """
                            {"uri": "mixer://m", "remoteStreamName": "small"}""");
                    assertEquals(404, elsewhere.status());
                    return elsewhere.body().contains("is on node a, at ws://127.0.0.1:");
                },
                nodes.server(B)::lastWords);
    }

    /** The transcoder, and the mixer with what it makes, are on one node of the two that are left. */
    private static void assertMadeAgain() {
        JsonObject[] made = new JsonObject[2];
        Await.until(
                LIMIT,
                () -> {
                    List<JsonObject> mixers = nodes.list(C, "/mixer/find_all");
                    List<JsonObject> transcoders = nodes.list(B, "/transcoder/find_all");
                    if (mixers.size() == 1 && transcoders.size() == 1) {
                        made[0] = mixers.get(0);
                        made[1] = transcoders.get(0);
                    }
                    return made[0] != null
                            && made[0].getAsJsonArray("mediaSessions").size() == 1;
                },
                nodes.server(B)::lastWords);
        assertEquals(1, made[1].getAsJsonArray("nodes").size(), made[1].toString());
        assertEquals(
                made[1].get("localMediaSessionId"),
                made[0].getAsJsonArray("mediaSessions").get(0));
        nodes.post(B, "/mixer/terminate", """
                {"uri": "mixer://m"}""");
        nodes.post(C, "/transcoder/terminate", """
                {"uri": "transcoder://t"}""");
        awaitGone(B, "/mixer/find_all");
        awaitGone(B, "/transcoder/find_all");
    }

    /** Of what is left of the cluster: b and c. */
    @Test
    @Order(3)
    void published_isWhereItCame_andAStoppedNodeSendsItsViewersAway() {
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightPublisher camera = new LightPublisher(network, nodes.server(B), "camera", 2000, "");
                Viewers onC = new Viewers(chromium, nodes.server(C))) {
            camera.awaitPublishing();
            Await.until(
                    LIMIT,
                    () -> onC.awaitStatus(onC.join("camera"), "FAILED").info().equals("Stream is on another node"),
                    nodes.server(C)::lastWords);

            start(B, "film");
            try (Viewers onB = new Viewers(chromium, nodes.server(B))) {
                int viewer = onB.play("film");
                Await.until(
                        LIMIT,
                        () -> nodes.balanced(B) == nodes.server(C) && nodes.balanced(C) == nodes.server(C),
                        nodes.server(B)::lastWords);
                try (BalancedPage page = new BalancedPage(chromium, nodes.server(B))) {
                    assertEquals(
                            "ws://127.0.0.1:" + nodes.server(C).ports().ws(),
                            page.play(nodes.server(B), "film"),
                            "the node without viewers");
                }
                int stays = onC.play("film");
                nodes.server(B).stop();
                assertEquals(
                        "Requested stream shutdown",
                        onB.awaitStatus(viewer, "STOPPED").info());
                onC.awaitFrames(stays, onC.stats(stays).framesDecoded() + 10);
            }
            awaitNodes(C, "c");
            // the only node that is left
            RestClient.Answer balanced =
                    nodes.rest(C).send(HttpRequest.newBuilder(nodes.server(C).http("/loadbalancer")));
            assertEquals("*", balanced.header("Access-Control-Allow-Origin").orElse(""));
            assertEquals(
                    nodes.server(C).ports().ws(), balanced.object().get("ws").getAsInt());
            assertEquals("127.0.0.1", balanced.object().get("server").getAsString());
        }
    }
}
