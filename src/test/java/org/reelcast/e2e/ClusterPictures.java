package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.ClusterNodes;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NumberedFilm;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/**
 * A looped film on three nodes, for viewers who come a minute apart: all see the same picture, also after the store of one
 * node gave nothing for two seconds. By {@code -Pcluster} alone, since it takes minutes.
 */
@E2e
class ClusterPictures {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration APART = Duration.ofSeconds(60);
    private static final Duration BACK = Duration.ofSeconds(3);
    private static final int NODES = 3;

    private final Chromium chromium;

    ClusterPictures(Chromium chromium) {
        this.chromium = chromium;
    }

    @Test
    void samePictureOnAllNodes_afterLoopsAndAStall(@TempDir Path folder) throws Exception {
        List<SlowLink> links = new ArrayList<>();
        List<Viewers> viewers = new ArrayList<>();
        try (S3Server store = S3Server.start(folder)) {
            store.bucket("films");
            store.put("films", "numbered.mp4", TestMedia.numbered());
            for (int node = 0; node < NODES; node++) {
                links.add(new SlowLink(store.port()));
            }
            try (ClusterNodes nodes = ClusterNodes.start(
                    "pictures",
                    NODES,
                    (node, builder) -> builder.set("aws_s3_credentials", S3Server.CREDENTIALS)
                            .set(
                                    "s3_endpoint",
                                    "http://127.0.0.1:" + links.get(node).port())
                            .set("s3_read_ahead_kb", "256")
                            .set("warm_up_plays", 0))) {
                for (int node = 0; node < NODES; node++) {
                    viewers.add(new Viewers(chromium, nodes.server(node)));
                }
                watch(nodes, viewers, links);
            } finally {
                viewers.forEach(Viewers::close);
            }
        } finally {
            for (SlowLink link : links) {
                link.close();
            }
        }
    }

    private static void watch(ClusterNodes nodes, List<Viewers> viewers, List<SlowLink> links) {
        nodes.post(0, "/vod/startup", """
                {"uri": "vod-live://s3/films/numbered.mp4", "localStreamName": "film", "loop": true}""");
        int first = viewers.get(0).play("film");
        viewers.get(0).awaitFrames(first, 15);
        Await.pause(APART);
        int second = viewers.get(1).play("film");
        // before all of the film is there
        viewers.get(1).awaitFrames(second, 25);
        NumberedFilm.stall(viewers.get(1), second, links.get(1));
        Await.pause(APART);
        int third = viewers.get(2).play("film");
        viewers.get(2).awaitFrames(third, 15);
        long startMs = startMs(nodes, 0);
        assertTrue(System.currentTimeMillis() - startMs > 3 * NumberedFilm.PASS_MS);
        Map<String, Long> behind = new LinkedHashMap<>();
        behind.put("a", NumberedFilm.behindMs(viewers.get(0), first, startMs));
        behind.put("b, whose store stood", NumberedFilm.behindMs(viewers.get(1), second, startMs));
        behind.put("c", NumberedFilm.behindMs(viewers.get(2), third, startMs));
        System.out.println("Shown so long after the time of day on three nodes, ms: " + behind);
        for (int node = 1; node < NODES; node++) {
            assertEquals(startMs, startMs(nodes, node));
        }
        long least = behind.values().stream().min(Long::compare).orElseThrow();
        assertTrue(behind.values().stream().allMatch(ms -> ms <= least + NumberedFilm.FRAME_MS), behind.toString());
        assertTrue(least < 4 * NumberedFilm.FRAME_MS, behind.toString());
    }

    /** To whoever watches on our page nothing happens but a pause of three seconds at most. */
    @Test
    void ourPlayer_goesOnAtAnotherNode() {
        try (ClusterNodes nodes = ClusterNodes.start("player", NODES, builder -> builder.set("warm_up_plays", 0))) {
            nodes.put(TestMedia.lengthy(), "lengthy.mp4");
            nodes.balanced(0);
            try (PlayerPage personal = play(nodes, "vod://lengthy.mp4");
                    PlayerPage broadcast = play(nodes, "vod-live://lengthy.mp4")) {
                personal.measured()
                        .page()
                        .waitForFunction("() => document.getElementById('elapsed').textContent >= '0:06'");
                nodes.server(0).kill();
                long killedNs = System.nanoTime();
                for (PlayerPage page : List.of(personal, broadcast)) {
                    page.awaitState("interrupted", BACK);
                }
                int seen = personal.second();
                for (PlayerPage page : List.of(personal, broadcast)) {
                    page.awaitState("playing", BACK.minusNanos(System.nanoTime() - killedNs));
                }
                System.out.printf(
                        "Our player goes on %d ms after its node died%n", (System.nanoTime() - killedNs) / 1_000_000);
                int now = personal.second();
                assertTrue(now >= seen && now <= seen + 5, () -> "at second " + now + ", was at " + seen);
            }
        }
    }

    private PlayerPage play(ClusterNodes nodes, String stream) {
        PlayerPage player = new PlayerPage(chromium, nodes.server(0), PlayerPage.BUNDLED, "cluster");
        player.start(stream);
        player.awaitState("playing", LIMIT);
        return player;
    }

    private static long startMs(ClusterNodes nodes, int asked) {
        JsonObject[] film = {new JsonObject()};
        Await.until(
                LIMIT,
                () -> {
                    RestClient.Answer answer = nodes.rest(asked).post("/vod/find", """
                            {"localStreamName": "film", "display": ["position"]}""");
                    film[0] = answer.array().get(0).getAsJsonObject();
                    return film[0].has("startTime");
                },
                nodes.server(asked)::lastWords);
        return film[0].get("startTime").getAsLong();
    }
}
