package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.NarrowLink;

/** Viewers change between the sizes of a film as their network does: by WebRTC on a narrow link, by HLS of the whole film. */
@E2e
class AbrMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long WIDE_BPS = 4_000_000;
    private static final long NARROW_BPS = 800_000;
    /** As long as queues of telephones are: nothing is lost. */
    private static final long QUEUE_MS = 4_000;

    private static final int WIDTH = 960;
    private static final int LONGEST_FREEZE_MS = 300;
    private static final String THROUGH_THE_LINK = """
            () => {
              const set = RTCPeerConnection.prototype.setRemoteDescription;
              RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
                return set.call(this, {type: description.type, sdp: await window.throughTheLink(description.sdp)});
              };
            }""";
    private static final String MODE_0_ALONE = """
            () => {
              const capabilities = RTCRtpReceiver.getCapabilities;
              RTCRtpReceiver.getCapabilities = kind => {
                const all = capabilities.call(RTCRtpReceiver, kind);
                all.codecs = all.codecs.filter(codec => codec.mimeType !== 'video/H264'
                    || codec.sdpFmtpLine.includes('packetization-mode=0'));
                return all;
              };
              const add = RTCPeerConnection.prototype.addTransceiver;
              RTCPeerConnection.prototype.addTransceiver = function (kind, ...rest) {
                const transceiver = add.call(this, kind, ...rest);
                transceiver.setCodecPreferences(RTCRtpReceiver.getCapabilities(kind).codecs);
                return transceiver;
              };
            }""";
    private static ReelcastProcess server;
    private final Chromium chromium;
    private final RestClient rest = new RestClient(server);

    AbrMatrixIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void start() {
        server = ReelcastProcess.builder("abr").set("webrtc_abr", "true").start();
        TestMedia.put(TestMedia.steady(), server, "steady.mp4");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private PlayerPage watching(String name, NarrowLink link, String page) {
        PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, page);
        player.measured().page().exposeFunction("throughTheLink", answer -> link.through((String) answer[0]));
        player.measured().page().evaluate(THROUGH_THE_LINK);
        player.start(name);
        player.awaitStatus("PLAYING", LIMIT);
        player.measured().awaitFrames(100);
        player.measured().watchGaps();
        return player;
    }

    private static int width(PlayerPage player) {
        return player.measured().newestPeer().width();
    }

    private static void awaitWidth(PlayerPage player, boolean own) {
        Await.until(
                LIMIT,
                () -> width(player) == WIDTH == own,
                () -> "The picture is " + width(player) + " wide: "
                        + player.measured().newestPeer());
    }

    private static void awaitFrames(PlayerPage player, int more) {
        player.measured().awaitFrames(player.measured().newestPeer().framesDecoded() + more);
    }

    /** Streams that are made of others. */
    private Set<String> sizes() {
        Set<String> names = new TreeSet<>();
        rest.get("/stream/find_all").array().forEach(each -> {
            JsonObject stream = each.getAsJsonObject();
            if (stream.get("published").getAsBoolean()
                    && stream.get("name").getAsString().startsWith("transcode://")) {
                names.add(stream.get("name").getAsString());
            }
        });
        return names;
    }

    @Test
    void linksThatBecomeNarrow_getASmallerPictureWithoutAFreeze_andTheirOwnAgain() throws IOException {
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://steady.mp4", "localStreamName": "steady", "loop": true}""").status());
        try (NarrowLink one = new NarrowLink(WIDE_BPS, QUEUE_MS);
                NarrowLink two = new NarrowLink(WIDE_BPS, QUEUE_MS);
                PlayerPage first = watching("steady", one, "abr-one");
                PlayerPage second = watching("steady", two, "abr-two")) {
            assertEquals(Set.of(), sizes(), "made for nobody");
            one.carry(NARROW_BPS);
            awaitWidth(first, false);
            assertEquals(1, sizes().size(), sizes().toString());
            two.carry(NARROW_BPS);
            awaitWidth(second, false);
            for (PlayerPage each : List.of(first, second)) {
                awaitFrames(each, 100);
            }
            Set<Integer> widths = new TreeSet<>(List.of(width(first), width(second)));
            assertEquals(widths.size(), sizes().size(), "encoders for pictures of " + widths + ": " + sizes());
            one.carry(WIDE_BPS);
            two.carry(WIDE_BPS);
            awaitWidth(first, true);
            awaitWidth(second, true);
            awaitFrames(first, 50);
            assertEquals(0, one.lost() + two.lost(), "the link lost packets");
            for (PlayerPage each : List.of(first, second)) {
                each.measured().assertNoGapLongerThan(LONGEST_FREEZE_MS);
                assertTrue(!each.info().contains("Slow network"), each.info());
            }
            Await.until(LIMIT, () -> sizes().isEmpty(), () -> "still made: " + sizes());
            first.stop();
            second.stop();
        }
        assertEquals(
                200,
                rest.post("/vod/terminate", "{\"localStreamName\": \"steady\"}").status());
        rest.awaitNoStreams(LIMIT);
    }

    /** RFC 6184 section 6.2. */
    @Test
    void browsersOfPacketizationMode0_shareOneThatIsMadeForThem() {
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://steady.mp4", "localStreamName": "steady", "loop": true}""").status());
        try (PlayerPage first = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "abr-mode-0");
                PlayerPage second = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "abr-mode-0-too")) {
            for (PlayerPage each : List.of(first, second)) {
                each.measured().page().evaluate(MODE_0_ALONE);
                each.start("steady");
                each.awaitStatus("PLAYING", LIMIT);
            }
            for (PlayerPage each : List.of(first, second)) {
                each.measured().awaitFrames(100);
                assertEquals(WIDTH, width(each));
                each.measured().screenshot("mode-0");
            }
            assertEquals(Set.of("transcode://0x0@0-baseline/steady"), sizes());
            first.stop();
            second.stop();
        }
        assertEquals(
                200,
                rest.post("/vod/terminate", "{\"localStreamName\": \"steady\"}").status());
        rest.awaitNoStreams(LIMIT);
    }

    @Test
    void wholeFilmByHls_isChangedBetweenItsSizes_andEncodedOnce() {
        String url = server.http("/hls/vod/steady.mp4/abr.m3u8").toString();
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "AbrMatrixIT-whole")) {
            int player = players.open(url, Map.of("startLevel", 0));
            players.await(player, LIMIT, state -> state.width() == 426);
            players.resize(player, WIDTH);
            players.await(player, LIMIT, state -> state.width() == WIDTH);
            players.resize(player, 640);
            players.await(player, LIMIT, state -> state.width() == 640);
            // what is on its way of a size that is not wanted any more is given up
            assertEquals(
                    List.of(),
                    players.state(player).json().getAsJsonArray("errors").asList().stream()
                            .map(Object::toString)
                            .filter(error -> !error.contains("aborted"))
                            .toList());
        }
    }
}
