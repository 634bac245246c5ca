package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.SignallingClient.Message;

/** The WebSocket protocol, message by message. */
@BesideOthers
@E2e
class SignallingIT {
    private final ReelcastProcess server;

    SignallingIT(ReelcastProcess server) {
        this.server = server;
    }

    @Test
    void connectionIsAnsweredOnceWithTheUserData() {
        try (SignallingClient client = SignallingClient.open(server.wsUrl())) {
            client.sendConnection();
            Message userData = client.await("getUserData");
            client.settle();
            assertAll(
                    () -> assertEquals(1, client.all("getUserData").size()),
                    () -> assertEquals("ESTABLISHED", userData.text("status")),
                    () -> assertEquals("defaultApp", userData.text("appKey")),
                    () -> assertEquals("2.0", userData.text("clientVersion")),
                    () -> assertTrue(userData.text("authToken").length() >= 16),
                    () -> assertFalse(userData.object().has("webRTCMetricsServerDescription")));
        }
    }

    @Test
    void serverHasPlayedToItselfAfterTheStart() {
        Await.until(
                Duration.ofSeconds(60),
                () -> server.log().contains("played to ourselves 3 times"),
                () -> "The warm-up has not come to its end: " + server.lastWords());
    }

    @Test
    void secondConnectionMessageIsNotAnsweredAgain() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.sendConnection();
            client.settle();
            assertEquals(1, client.all("getUserData").size());
        }
    }

    @Test
    void everyConnectionHasItsOwnToken() {
        try (SignallingClient one = SignallingClient.connect(server.wsUrl());
                SignallingClient other = SignallingClient.connect(server.wsUrl())) {
            assertNotEquals(
                    one.await("getUserData").text("authToken"),
                    other.await("getUserData").text("authToken"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/34d16f07", "/several/levels/deep", "/index.html", "/rest-api/vod/find_all", "/?q=1"})
    void everyPathIsAccepted(String path) {
        SignallingClient.connect(server.wsUrl() + path).close();
    }

    @Test
    void longMessagesOneRightBehindTheOther_areAllAnswered() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            for (int i = 0; i < 50; i++) {
                JsonObject question = new JsonObject();
                question.addProperty("mediaSessionId", Integer.toString(i));
                question.addProperty("name", "nothing");
                question.addProperty("custom", "x".repeat(250_000));
                client.send("availableStream", question);
            }
            client.await("availableStream", message -> "49".equals(message.text("id")));
            assertEquals(50, client.all("availableStream").size());
        }
    }

    @Test
    void serverPingsAndAnswersPings() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.send("ping", null);
            assertEquals(0, client.await("pong").data().size());
            assertEquals(0, client.await("ping").data().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "42",
                "null",
                "{}",
                "{\"message\":7}",
                "{\"message\":\"playStream\"}",
                "{\"message\":\"playStream\",\"data\":null}",
                "{\"message\":\"playStream\",\"data\":[]}",
                "{\"message\":\"playStream\",\"data\":[null]}",
                "{\"message\":\"playStream\",\"data\":[7]}",
                "{\"message\":\"playStream\",\"data\":{\"mediaSessionId\":[]}}",
                "{\"message\":\"stopStream\",\"data\":[]}",
                "{\"message\":\"pong\"}",
                "{\"message\":\"availableStream\",\"data\":[{}]}",
                "{\"message\":\"sendData\",\"data\":[null]}",
                "{\"message\":",
                "\u0000\uffff"
            })
    void nonsenseNeverClosesTheSocket(String text) {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.sendText(text);
            client.settle();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "snapshot",
                "pushLogs",
                "sessionDebug",
                "submitBugReport",
                "sendStreamEvent",
                "call",
                "answer",
                "hangup",
                "hold",
                "unhold",
                "sendDtmf",
                "transfer",
                "webRTCMetricsBatch",
                "webRTCMetricsClientDescription",
                "connectMediaTransport",
                "somethingNew"
            })
    void messagesOfOtherFeaturesAreTolerated(String name) {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            JsonObject data = new JsonObject();
            data.addProperty("mediaSessionId", UUID.randomUUID().toString());
            data.addProperty("command", "start");
            data.addProperty("logs", "text");
            client.send(name, data);
            client.settle();
        }
    }

    @Test
    void sendDataIsAccepted() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            JsonObject data = new JsonObject();
            data.addProperty("operationId", "op-1");
            data.add("payload", new JsonObject());
            client.send("sendData", data);
            Message status = client.await("DataStatusEvent");
            assertEquals("op-1", status.text("operationId"));
            assertEquals("ACCEPTED", status.text("status"));
        }
    }

    @Test
    void availableStream_missing_isTheStringFalse() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            JsonObject status = available(client, "nobody-publishes-this");
            assertTrue(status.get("status").getAsJsonPrimitive().isString());
            assertEquals("false", status.get("status").getAsString());
        }
    }

    @Test
    void availableStream_fileThatCanBePlayed_isTheStringTrue() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            JsonObject status = available(client, "vod-live://brief.mp4");
            assertTrue(status.get("status").getAsJsonPrimitive().isString());
            assertEquals("true", status.get("status").getAsString());
        }
    }

    private static JsonObject available(SignallingClient client, String name) {
        String id = UUID.randomUUID().toString();
        JsonObject data = new JsonObject();
        data.addProperty("mediaSessionId", id);
        data.addProperty("name", name);
        client.send("availableStream", data);
        return client.await("availableStream", message -> id.equals(message.text("id")))
                .object();
    }

    @Test
    void stopForAnUnknownStreamIsTolerated() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.stopStream(UUID.randomUUID().toString(), "vod://brief.mp4");
            client.settle();
        }
    }

    @Test
    void twoStreamsWithOneMediaSessionId_secondIsRefused() {
        String id = UUID.randomUUID().toString();
        try (SignallingClient client = SignallingClient.connect(server.wsUrl());
                SignallingClient other = SignallingClient.connect(server.wsUrl())) {
            client.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            client.await("setRemoteSDP");
            other.playStream(id, "vod://brief.mp4", Offers.chromium());
            Message refused = other.awaitEnd(id);
            assertEquals("FAILED", refused.text("status"));
            assertEquals("MediaSessionId is already in use", refused.text("info"));
            client.stopStream(id, "vod://lengthy.mp4");
            assertEquals("Stopped by user", client.awaitStatus(id, "STOPPED").text("info"));
        }
    }

    @Test
    void stopBeforePlaying_isAnsweredStopped() {
        String id = UUID.randomUUID().toString();
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            client.stopStream(id, "vod://lengthy.mp4");
            assertEquals("Stopped by user", client.awaitStatus(id, "STOPPED").text("info"));
        }
    }

    @Test
    void answerFollowsTheOffer() {
        String id = UUID.randomUUID().toString();
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            client.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            Message answer = client.await("setRemoteSDP");
            String sdp = answer.data().get(1).getAsString();
            client.stopStream(id, "vod://lengthy.mp4");
            assertAll(
                    sdp,
                    () -> assertEquals(id, answer.data().get(0).getAsString()),
                    () -> assertTrue(sdp.contains("\r\na=candidate:")),
                    () -> assertTrue(sdp.contains("\r\na=ice-lite\r\n")),
                    () -> assertTrue(sdp.contains("\r\na=group:BUNDLE 0 1\r\n")),
                    () -> assertTrue(sdp.contains("\r\na=setup:passive\r\n")),
                    () -> assertEquals(2, sdp.split("\r\na=sendonly\r\n", -1).length - 1),
                    () -> assertEquals(
                            1,
                            sdp.lines()
                                    .filter(line -> line.startsWith("a=msid:"))
                                    .map(line -> line.substring(7).split(" ")[0])
                                    .distinct()
                                    .count()));
        }
    }
}
