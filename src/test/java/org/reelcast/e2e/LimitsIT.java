package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;

/** What the settings limit, on a server with narrow limits, and how that server takes its leave. */
@BesideOthers
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsIT {
    private static final String PASSWORD = "grüße: 12";

    private final Chromium chromium;
    private ReelcastProcess server;
    private RestClient rest;

    LimitsIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void start() {
        server = ReelcastProcess.builder("narrow")
                .upSoon()
                .set("ws_connect_timeout", 1000)
                .set("ws_max_message_size", 16_384)
                .set("ws_max_streams", 2)
                .set("keep_alive.server_interval", 200)
                .set("keep_alive.probes", 4)
                .set("ice_timeout", 1500)
                .set("vod_live_loop", true)
                .set("vod_live_lop", true)
                .set("vod_stream_timeout", 500)
                .set("vod_from_records", false)
                .set("disable_rest_auth", false)
                .start();
        TestMedia.put(TestMedia.brief(), server, "brief.mp4");
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        RestClient stranger = new RestClient(server);
        assertEquals(401, stranger.get("/vod/find_all").status());
        assertTrue(server.log().contains("user add NAME"), server::lastWords);
        String said = server.command(PASSWORD + "\n", "user", "add", "admin");
        assertTrue(said.startsWith("admin is in "), said);
        rest = stranger.as("admin", PASSWORD);
        Await.until(Duration.ofSeconds(5), () -> rest.get("/vod/find_all").status() == 404, server::lastWords);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void unknownSetting_isAWarningThatSuggestsTheNearest() {
        assertTrue(
                server.log()
                        .lines()
                        .anyMatch(line -> line.contains("WARN")
                                && line.contains("REELCAST_VOD_LIVE_LOP")
                                && line.contains("REELCAST_VOD_LIVE_LOOP")),
                server::lastWords);
    }

    /** From this machine, too. */
    @Test
    void restWithoutItsPassword_is401() {
        for (RestClient stranger :
                List.of(new RestClient(server), rest.as("admin", "wrong"), rest.as("root", PASSWORD))) {
            RestClient.Answer answer = stranger.post("/stream/terminate", "{}");
            assertEquals(401, answer.status(), answer.body());
            assertTrue(answer.header("WWW-Authenticate").orElse("").startsWith("Basic "), answer::toString);
        }
    }

    @Test
    void clientThatNeverIntroducesItself_isClosed() {
        SignallingClient.open(server.wsUrl()).awaitClose(Duration.ofSeconds(5));
    }

    @Test
    void clientThatAnswersNoPing_isClosed() {
        SignallingClient silent = SignallingClient.open(server.wsUrl(), false);
        silent.sendConnection();
        silent.await("getUserData");
        silent.awaitClose(Duration.ofSeconds(5));
        int pings = silent.all("ping").size();
        assertTrue(pings >= 3 && pings <= 5, pings + " pings");
    }

    @Test
    void clientThatAnswersPings_stays() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.awaitCount("ping", 12);
            client.settle();
        }
    }

    @Test
    void messageLongerThanTheLimit_closesTheSocket() {
        SignallingClient client = SignallingClient.connect(server.wsUrl());
        client.sendText("{\"message\":\"pushLogs\",\"data\":[{\"logs\":\"" + "x".repeat(17_000) + "\"}]}");
        client.awaitClose(Duration.ofSeconds(5));
    }

    @Test
    void longMessageWithinTheLimit_isTaken() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.sendText("{\"message\":\"pushLogs\",\"data\":[{\"logs\":\"" + "x".repeat(16_000) + "\"}]}");
            client.settle();
        }
    }

    @Test
    void moreStreamsThanAllowed_areRefused() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            for (int i = 0; i < 2; i++) {
                String id = UUID.randomUUID().toString();
                client.playStream(id, "vod://lengthy.mp4", Offers.chromium());
                client.await(
                        "setRemoteSDP",
                        message -> id.equals(message.data().get(0).getAsString()));
            }
            String tooMany = UUID.randomUUID().toString();
            client.playStream(tooMany, "vod://lengthy.mp4", Offers.chromium());
            assertEquals("FAILED", client.awaitEnd(tooMany).text("status"));
        }
    }

    @Test
    void nobodyBehindTheOffer_failsByIceTimeout() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            assertEquals(
                    "Failed by ICE timeout", client.awaitStatus(id, "FAILED").text("info"));
            assertTrue(client.all("notifyStreamStatusEvent").stream()
                    .noneMatch(message -> "PLAYING".equals(message.text("status"))));
        }
        rest.awaitNoStreams(Duration.ofSeconds(5));
    }

    @Test
    void recordings_areNoFilmsWhereThatIsOff() {
        TestMedia.put(TestMedia.brief(), server, "../records/recorded.mp4");
        RestClient.Answer refused = rest.post("/vod/startup", """
                {"uri": "vod-live://recorded.mp4", "localStreamName": "recorded"}""");
        assertEquals("File not found", refused.object().get("reason").getAsString());
    }

    @Test
    void vodLiveLoop_goesForStreamsThatSayNothingElse() {
        try (Viewers viewers = new Viewers(chromium, server)) {
            int looped = viewers.play("vod-live://brief.mp4");
            assertEquals(200, rest.post("/vod/startup", """
                    {"uri": "vod-live://brief.mp4", "localStreamName": "once", "loop": "false"}""").status());
            int once = viewers.join("once");
            viewers.awaitStatus(once, "STOPPED");
            viewers.awaitFrames(looped, TestMedia.frames(TestMedia.brief()) + 20L);
        }
        rest.awaitNoStreams(Duration.ofSeconds(5));
    }
}
