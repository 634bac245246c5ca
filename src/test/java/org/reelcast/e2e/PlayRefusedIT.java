package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.SignallingClient.Message;

/** What cannot be played: the status and info string that WCS's clients know, and nothing else. */
@BesideOthers
@E2e
class PlayRefusedIT {
    private final ReelcastProcess server;
    private SignallingClient client;

    PlayRefusedIT(ReelcastProcess server) {
        this.server = server;
    }

    @BeforeEach
    void connect() {
        client = SignallingClient.connect(server.wsUrl());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "missing.mp4                    | File not found",
                "folder/missing.mp4             | File not found",
                "folder                         | File not found",
                "folder/deeper                  | File not found",
                "empty.mp4                      | File has wrong format",
                "text.mp4                       | File has wrong format",
                "foreign-video.mp4              | File has wrong format",
                "truncated-before-index.mp4     | Failed to read file",
                "../outside.mp4                 | File not found",
                "folder/../../outside.mp4       | File not found",
                "%2e%2e/outside.mp4             | File not found",
                "..%2foutside.mp4               | File not found",
                "%252e%252e%252foutside.mp4     | File not found",
                "%zz.mp4                        | File not found",
                "..\\outside.mp4                | File not found",
                "/etc/passwd                    | File not found",
                "%2fetc%2fpasswd                | File not found",
                "brief.mp4%00.txt               | File not found",
                "link-to-outside.mp4            | File not found",
            })
    void localFile(String name, String info) {
        assertRefused("vod://" + name, Offers.chromium(), "WebRTC", info);
        assertRefused("vod-live://" + name, Offers.chromium(), "WebRTC", info);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dov://brief.mp4        | Failed to get agent storage",
                "vod://                 | Bad URI",
                "vod-live://            | Bad URI",
                "nobody-publishes-this  | Stream not found",
                "''                     | Bad URI",
            })
    void name(String name, String info) {
        assertRefused(name, Offers.chromium(), "WebRTC", info);
    }

    @Test
    void offerWithoutCommonCodec() {
        assertRefused("vod://brief.mp4", Offers.withoutCommonCodec(), "WebRTC", "No common codecs");
    }

    @Test
    void offerWithoutH264() {
        assertRefused("vod://brief.mp4", Offers.withoutH264(), "WebRTC", "No common codecs");
    }

    @Test
    void brokenOffer() {
        assertRefused("vod://brief.mp4", Offers.broken(), "WebRTC", "Failed to add stream to proxy");
        assertRefused("vod://brief.mp4", "", "WebRTC", "Failed to add stream to proxy");
        assertRefused("vod://brief.mp4", "rubbish", "WebRTC", "Failed to add stream to proxy");
    }

    @ParameterizedTest
    @CsvSource({"WSPlayer", "Flash"})
    void otherMediaProviders(String provider) {
        String id = UUID.randomUUID().toString();
        client.playStream(id, "vod://brief.mp4", Offers.chromium(), provider);
        assertEquals("FAILED", client.awaitEnd(id).text("status"));
    }

    @Test
    void withoutMediaSessionId() {
        client.playStream(null, "vod://brief.mp4", Offers.chromium());
        Message failed = client.await("notifyStreamStatusEvent");
        assertEquals("FAILED", failed.text("status"));
        assertEquals("MediaSessionId is null", failed.text("info"));
    }

    @Test
    void beforeConnection_sessionNotReady() {
        String id = UUID.randomUUID().toString();
        try (SignallingClient early = SignallingClient.open(server.wsUrl())) {
            early.playStream(id, "vod://brief.mp4", Offers.chromium());
            Message failed = early.awaitEnd(id);
            assertEquals("FAILED", failed.text("status"));
            assertEquals("Session not ready", failed.text("info"));
        }
    }

    private void assertRefused(String name, String offer, String provider, String info) {
        String id = UUID.randomUUID().toString();
        client.playStream(id, name, offer, provider);
        Message end = client.awaitEnd(id);
        assertEquals("FAILED", end.text("status"), name);
        assertEquals(info, end.text("info"), name);
        client.settle();
        assertEquals(
                1,
                client.all("notifyStreamStatusEvent").stream()
                        .filter(message -> id.equals(message.text("mediaSessionId")))
                        .count(),
                name);
        assertTrue(
                client.all("setRemoteSDP").stream()
                        .noneMatch(message -> id.equals(message.data().get(0).getAsString())),
                name);
    }
}
