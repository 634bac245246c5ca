package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Leftovers;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.Viewers;

/** Bad clients and bad weather: nobody else is disturbed, nothing stays behind. */
@BesideOthers
@E2e
class ResilienceIT {
    private static final int ROUNDS = 25;

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;

    ResilienceIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @Test
    void garbageOnTheMediaPorts_disturbsNoViewer() throws IOException {
        try (Viewers viewers = new Viewers(chromium, server)) {
            int viewer = viewers.play("vod://lengthy.mp4");
            viewers.awaitFrames(viewer, 15);
            sendGarbage();
            viewers.awaitFrames(viewer, viewers.stats(viewer).framesDecoded() + 45);
            PeerStats stats = viewers.stats(viewer);
            assertEquals(0, stats.packetsLost(), stats::toString);
            assertEquals(0, stats.pictureLossIndications(), stats::toString);
        }
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    /** Every first byte there is (STUN, DTLS, RTP and none of them), lengths from 0 to beyond a packet. */
    private void sendGarbage() throws IOException {
        Random random = new Random(7);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int port = server.ports().mediaFrom(); port <= server.ports().mediaTo(); port++) {
                for (int first = 0; first < 256; first++) {
                    byte[] bytes = new byte[random.nextInt(first % 16 == 0 ? 4000 : 200)];
                    random.nextBytes(bytes);
                    if (bytes.length > 0) {
                        bytes[0] = (byte) first;
                    }
                    socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
                }
            }
        }
    }

    @Test
    void viewerWhoseSocketIsCut_isReleased() {
        try (Viewers viewers = new Viewers(chromium, server)) {
            int stays = viewers.play("vod-live://lengthy.mp4");
            SignallingClient vanishing = SignallingClient.connect(server.wsUrl());
            vanishing.playStream(UUID.randomUUID().toString(), "vod://lengthy.mp4", Offers.chromium());
            vanishing.await("setRemoteSDP");
            vanishing.vanish();
            Await.until(
                    Duration.ofSeconds(5),
                    () -> rest.get("/vod/find_all").array().size() == 1,
                    () -> rest.get("/vod/find_all").body());
            viewers.awaitFrames(stays, viewers.stats(stays).framesDecoded() + 15);
        }
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    @Test
    void badInputOverAndOver_leavesNothingBehind() {
        badRound();
        Leftovers leftovers = Leftovers.since(server);
        for (int round = 0; round < ROUNDS; round++) {
            badRound();
        }
        leftovers.assertNone(ROUNDS);
        assertEquals(404, rest.get("/vod/find_all").status());
    }

    private void badRound() {
        List<String> names = List.of(
                "vod://missing.mp4",
                "vod://folder",
                "vod://empty.mp4",
                "vod://text.mp4",
                "vod://foreign-video.mp4",
                "vod://truncated-before-index.mp4",
                "vod-live://text.mp4",
                "dov://brief.mp4",
                "vod://",
                "",
                "vod://../outside.mp4");
        SignallingClient client = SignallingClient.connect(server.wsUrl());
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            ids.add(UUID.randomUUID().toString());
            client.playStream(ids.get(ids.size() - 1), name, Offers.chromium());
        }
        for (String offer : List.of("", Offers.broken(), Offers.withoutH264())) {
            ids.add(UUID.randomUUID().toString());
            client.playStream(ids.get(ids.size() - 1), "vod://brief.mp4", offer);
        }
        ids.forEach(id -> assertEquals("FAILED", client.awaitEnd(id).text("status")));
        client.playStream(UUID.randomUUID().toString(), "vod://lengthy.mp4", Offers.chromium());
        client.await("setRemoteSDP");
        client.vanish();
    }
}
