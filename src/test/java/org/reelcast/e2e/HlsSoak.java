package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.SegmentPlayers.State;
import org.reelcast.e2e.harness.TestMedia;

/**
 * Low latency in hls.js for ten minutes, or {@code -Dsoak.minutes}: no stall, and what is shown is at most 2.5 s late (p95)
 * at the end as at the start. Complaints 10 and 26. Run by {@code mvn verify -Psoak}.
 */
@E2e
class HlsSoak {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double MOST_MS = 2_500;
    /** Of the second half against the first: a player that drifts is further off. */
    private static final double GROWN_MS = 200;

    private final ReelcastProcess server;
    private final Chromium chromium;

    HlsSoak(ReelcastProcess server, Chromium chromium) {
        this.server = server;
        this.chromium = chromium;
    }

    @Test
    void lowLatency_staysLowAndSmooth() {
        TestMedia.put(TestMedia.withBFrames(), server, "soak/b-frames.mp4");
        RestClient rest = new RestClient(server);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://soak/b-frames.mp4", "localStreamName": "hls-soak", "loop": true}""").status());
        long seconds = TimeUnit.MINUTES.toSeconds(Long.getLong("soak.minutes", 10));
        List<Double> behind = new ArrayList<>();
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-soak")) {
            int player = players.open(server.http("/hls/hls-soak/index.m3u8").toString());
            players.await(player, LIMIT, state -> state.frames() > 60);
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < endNs) {
                Await.pause(Duration.ofSeconds(1));
                behind.add(players.state(player).behindMs());
            }
            State last = players.state(player);
            double first = percentile(behind.subList(0, behind.size() / 2));
            double second = percentile(behind.subList(behind.size() / 2, behind.size()));
            System.out.printf(
                    "Low latency in hls.js for %d s: p95 %.0f ms, in the second half %.0f ms; %s%n",
                    seconds, percentile(behind), second, last);
            assertTrue(last.isSmooth(), last.toString());
            assertTrue(percentile(behind) <= MOST_MS, "p95 " + percentile(behind) + " ms");
            assertTrue(second <= first + GROWN_MS, "it grew from " + first + " to " + second + " ms");
        }
        rest.post("/vod/terminate", "{\"localStreamName\": \"hls-soak\"}");
        rest.awaitNoStreams(LIMIT);
    }

    private static double percentile(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
    }
}
