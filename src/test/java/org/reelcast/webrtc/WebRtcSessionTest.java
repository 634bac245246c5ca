package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.loop.LoadLimits;
import org.reelcast.media.MediaKind;
import org.reelcast.refusal.Refusal;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.client.Received;
import org.reelcast.webrtc.client.StallingClient;
import org.reelcast.webrtc.udp.DatagramKind;

/** Whole sessions over the loopback: a light client against the transport. */
class WebRtcSessionTest {
    private static final PeerRequest BOTH = new PeerRequest("test", true, 0x42E01F, true, 2);

    private LoopbackTransport loopback;
    private WebRtcTransport transport;
    private ClientNetwork network;
    private final PeerEvents events = new PeerEvents();

    @BeforeEach
    void open() throws IOException {
        loopback = LoopbackTransport.open(2);
        transport = loopback.transport();
        network = new ClientNetwork(1, List.of(7, 1));
    }

    @AfterEach
    void close() {
        network.close();
        loopback.close();
    }

    @ParameterizedTest
    @CsvSource({"7, AEAD_AES_128_GCM", "1, AES128_CM_HMAC_SHA1_80"})
    void frames_arriveWholeAndInOrderUnderBothProfiles(int profile, String name) throws Exception {
        try (ClientNetwork own = new ClientNetwork(1, List.of(profile))) {
            Latches latches = new Latches(62, 50);
            LightClient client = new LightClient(own, ClientOptions.full(latches));
            PeerConnection peer = connected(client);
            sendFilm(peer, 50);
            latches.await();
            assertEquals(0, client.media().refused());
            assertEquals(0, client.media().video().missing());
            assertEquals(50, client.media().audio().packets());
            PeerStatistics statistics = onLoop(peer, peer::statistics);
            assertEquals(name, statistics.traffic().profile());
            assertEquals(
                    client.media().video().packets() + 50, statistics.traffic().packetsSent());
            assertTrue(
                    peer.timings().firstPacketUs() >= peer.timings().dtlsDoneUs(),
                    peer.timings().toString());
            client.close();
            assertEquals("closed", events.awaitEnd());
            assertReleased();
        }
    }

    /** As libnice, and pion before 4.0.8: RFC 8445 section 11 asks a connected agent for no more. */
    @Test
    void peerThatOnlyAnswersRequestsForConsent_stays() throws Exception {
        loopback.close();
        loopback = LoopbackTransport.open(1, LoadLimits.NONE, 10_000, 4_000, 10_000);
        transport = loopback.transport();
        LightClient client = new LightClient(network, ClientOptions.light());
        connected(client);
        client.onlyAnswer();
        assertTrue(client.awaitAnswers(3, 20), "requests come every two to three seconds");
        assertFalse(events.hasEnded());
        client.close();
        assertEquals("closed", events.awaitEnd());
        assertReleased();
    }

    /** What the redirect of one viewer's media to somebody else would take. */
    @Test
    void checkFromAnotherAddress_movesNoMediaThere() throws Exception {
        Latches latches = new Latches(62, 50);
        LightClient client = new LightClient(network, ClientOptions.full(latches));
        PeerConnection peer = connected(client);
        try (StallingClient victim = new StallingClient(peer.answerSdp()).stall()) {
            sendFilm(peer, 50);
            latches.await();
            client.close();
            assertEquals("closed", events.awaitEnd());
            // answers to checks and our own requests, no more
            assertTrue(victim.received().stream().allMatch(b -> DatagramKind.of(b, b.length) == DatagramKind.STUN));
            assertTrue(victim.received().size() < 10, victim.received().size() + " datagrams");
        }
    }

    @Test
    void handshakeGoesToNobodyWhoHasNotAnswered() throws Exception {
        PeerConnection peer = transport.answer(new LightClient(network, ClientOptions.light()).offer(), BOTH, events);
        try (StallingClient client = new StallingClient(peer.answerSdp()).stall()) {
            client.hello();
            awaitHandshakes(transport, 1);
            assertTrue(client.received().stream().allMatch(b -> DatagramKind.of(b, b.length) == DatagramKind.STUN));
        }
    }

    @Test
    void mediaPausesForWhoFallsSilent_andGoesOn() throws Exception {
        Latches latches = new Latches(1, 1);
        LightClient client = new LightClient(network, ClientOptions.full(latches));
        PeerConnection peer = connected(client);
        sendFilm(peer, 1);
        latches.await();
        Feed feed = new Feed(peer);
        client.fallSilent();
        long silentUs = peer.loop().nowUs();
        feed.paused.get(20, TimeUnit.SECONDS);
        assertTrue(peer.loop().nowUs() - silentUs > 4_000_000, "media pauses too soon");
        assertFalse(events.hasEnded());
        client.speakAgain();
        feed.resumed.get(10, TimeUnit.SECONDS);
        client.close();
        assertEquals("closed", events.awaitEnd());
        assertReleased();
    }

    @Test
    void lostPackets_comeAgain() throws Exception {
        Latches latches = new Latches(300, 0);
        LightClient client =
                new LightClient(network, ClientOptions.full(latches).losing(n -> n % 10 == 7));
        PeerConnection peer = connected(client);
        sendFilm(peer, 50);
        RtpFrame large = Films.inter(280_000);
        peer.loop().execute(() -> peer.send(large, peer.loop().nowUs()));
        latches.await();
        assertTrue(client.media().repairs() > 10, "repaired " + client.media().repairs());
        client.close();
    }

    @Test
    void pictureLoss_asksForAKeyFrame() throws Exception {
        Latches latches = new Latches(1, 0);
        LightClient client = connect(ClientOptions.full(latches));
        latches.await();
        client.pictureLoss();
        events.awaitKeyFrameRequest();
        client.close();
    }

    @Test
    void close_saysGoodbyeAndReleasesAll() throws Exception {
        Latches latches = new Latches(1, 1);
        LightClient client = new LightClient(network, ClientOptions.full(latches));
        PeerConnection peer = connected(client);
        sendFilm(peer, 1);
        latches.await();
        peer.close();
        peer.close();
        client.closedByServer().get(10, TimeUnit.SECONDS);
        assertReleased();
        assertFalse(events.hasEnded(), "nobody is told of his own close");
        assertFalse(onLoop(peer, () -> peer.send(Films.sound(10), 0)));
        client.vanish();
    }

    @Test
    void vanishedClient_failsByKeepAliveAndIsReleased() throws Exception {
        try (LoopbackTransport hasty = hasty(10_000, 300, 10_000)) {
            LightClient client = new LightClient(network, ClientOptions.light());
            PeerConnection peer = hasty.transport().answer(client.offer(), BOTH, events);
            client.accept(peer.answerSdp());
            client.checked().get(10, TimeUnit.SECONDS);
            client.vanish();
            assertEquals("Failed by ICE keep alive", events.awaitEnd());
            assertEquals(0, hasty.transport().peers());
            assertEquals(0, hasty.transport().statistics().addresses());
            assertEquals(0, hasty.transport().statistics().timers());
        }
    }

    @Test
    void nobodyComes_failsByIceTimeout() throws Exception {
        try (LoopbackTransport hasty = hasty(200, 300, 10_000)) {
            LightClient client = new LightClient(network, ClientOptions.light());
            hasty.transport().answer(client.offer(), BOTH, events);
            assertEquals("Failed by ICE timeout", events.awaitEnd());
            assertEquals(0, hasty.transport().peers());
            client.vanish();
        }
    }

    @Test
    void checksWithoutDtls_failByDtlsError() throws Exception {
        try (LoopbackTransport hasty = hasty(10_000, 10_000, 200)) {
            LightClient client = new LightClient(network, ClientOptions.light());
            PeerConnection peer = hasty.transport().answer(client.offer(), BOTH, events);
            // a wrong fingerprint on our side: the client gives up after the server's certificate
            client.accept(peer.answerSdp().replaceAll("sha-256 ..:", "sha-256 00:"));
            assertEquals("Failed by DTLS error", events.awaitEnd());
            client.vanish();
        }
    }

    @Test
    void handshakesThatStall_keepNobodyElseWaiting() throws Exception {
        List<StallingClient> stalled = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stalled.add(stall(transport));
        }
        awaitHandshakes(transport, 200);
        LightClient honest = new LightClient(network, ClientOptions.light());
        connected(honest);
        assertEquals(200, transport.statistics().handshakes());
        honest.close();
        stalled.forEach(StallingClient::close);
    }

    @Test
    void handshakesOfOneAddress_waitForEachOther() throws Exception {
        try (LoopbackTransport narrow = LoopbackTransport.open(1, 1)) {
            PeerConnection first = narrow.transport()
                    .answer(new LightClient(network, ClientOptions.light()).offer(), BOTH, new PeerEvents());
            try (StallingClient stalled = new StallingClient(first.answerSdp()).stall()) {
                awaitHandshakes(narrow.transport(), 1);
                LightClient second = new LightClient(network, ClientOptions.light());
                PeerConnection peer = narrow.transport().answer(second.offer(), BOTH, events);
                second.accept(peer.answerSdp());
                second.checked().get(10, TimeUnit.SECONDS);
                assertTrue(second.awaitHandshake(3, 10), "the client tries again and again");
                assertFalse(second.connected().isDone());
                first.close();
                events.awaitConnected();
                assertEquals(0, narrow.transport().statistics().handshakes());
                second.close();
            }
        }
    }

    private StallingClient stall(WebRtcTransport at) throws Exception {
        PeerConnection peer =
                at.answer(new LightClient(network, ClientOptions.light()).offer(), BOTH, new PeerEvents());
        return new StallingClient(peer.answerSdp()).stall();
    }

    private static void awaitHandshakes(WebRtcTransport at, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (at.statistics().handshakes() != count) {
            assertTrue(System.nanoTime() < deadline, at.statistics().handshakes() + " handshakes");
            Thread.onSpinWait();
        }
    }

    @Test
    void foreignCertificate_failsByFingerprint() throws Exception {
        LightClient client = new LightClient(network, ClientOptions.light());
        String forged = client.offer().replaceAll("sha-256 ..:..:", "sha-256 00:00:");
        PeerConnection peer = transport.answer(forged, BOTH, events);
        client.accept(peer.answerSdp());
        assertEquals("Failed by DTLS fingerprint error", events.awaitEnd());
        assertReleased();
        client.vanish();
    }

    @Test
    void wrongIcePassword_isRefused() throws Exception {
        LightClient client = new LightClient(network, ClientOptions.light());
        PeerConnection peer = transport.answer(client.offer(), BOTH, events);
        client.accept(peer.answerSdp().replaceAll("a=ice-pwd:.", "a=ice-pwd:-"));
        assertEquals(401, client.refused().get(10, TimeUnit.SECONDS));
        assertEquals(0, peer.timings().firstCheckUs());
        client.vanish();
    }

    @Test
    void garbageOnThePort_disturbsNobody() throws Exception {
        Latches latches = new Latches(62, 50);
        LightClient client = new LightClient(network, ClientOptions.full(latches));
        PeerConnection peer = connected(client);
        Random random = new Random(1);
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = Integer.parseInt(peer.answerSdp().split("m=audio ")[1].split(" ")[0]);
            for (int i = 0; i < 2000; i++) {
                byte[] garbage = new byte[i == 0 ? 0 : random.nextInt(1400)];
                random.nextBytes(garbage);
                stranger.send(new DatagramPacket(
                        garbage, garbage.length, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                client.sendRaw(garbage);
            }
        }
        sendFilm(peer, 50);
        latches.await();
        assertFalse(events.hasEnded());
        TransportStatistics statistics = transport.statistics();
        assertTrue(statistics.strangers() > 1000, "strangers " + statistics.strangers());
        assertEquals(0, statistics.sendErrors());
        client.close();
        assertEquals("closed", events.awaitEnd());
    }

    @Test
    void audioOnlyOffer_playsTheSoundAlone() throws Exception {
        LightClient client = new LightClient(
                network, new ClientOptions(false, false, true, true, true, 1, n -> false, Received.NOTHING));
        PeerConnection peer = transport.answer(client.offer(), BOTH, events);
        assertTrue(peer.hasAudio());
        assertFalse(peer.hasVideo());
        assertNull(peer.track(MediaKind.VIDEO));
        client.accept(peer.answerSdp());
        client.connected().get(20, TimeUnit.SECONDS);
        client.close();
        assertEquals("closed", events.awaitEnd());
    }

    @Test
    void badOffers_leaveNothingBehind() {
        for (String sdp : new String[] {"", "v=0", "garbage"}) {
            Refusal refused = assertThrows(Refusal.class, () -> transport.answer(sdp, BOTH, events));
            assertEquals("Failed to add stream to proxy", refused.info());
        }
        assertReleased();
    }

    @Test
    void manyViewers_spreadOverTheLoops() throws Exception {
        LightClient[] clients = new LightClient[40];
        PeerEvents[] all = new PeerEvents[clients.length];
        PeerConnection[] peers = new PeerConnection[clients.length];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new LightClient(network, ClientOptions.light());
            all[i] = new PeerEvents();
            peers[i] = transport.answer(clients[i].offer(), BOTH, all[i]);
            clients[i].accept(peers[i].answerSdp());
        }
        for (LightClient client : clients) {
            client.connected().get(20, TimeUnit.SECONDS);
        }
        assertEquals(
                20,
                Arrays.stream(peers).filter(p -> p.loop() == peers[0].loop()).count());
        for (LightClient client : clients) {
            client.close();
        }
        for (PeerEvents one : all) {
            assertEquals("closed", one.awaitEnd());
        }
        assertReleased();
    }

    /** With one loop, and limits in ms that are soon over. */
    private static LoopbackTransport hasty(int iceMs, int keepAliveMs, int dtlsMs) throws IOException {
        return LoopbackTransport.open(1, LoadLimits.NONE, iceMs, keepAliveMs, dtlsMs);
    }

    /** The client's session, once both sides say that it stands. */
    private PeerConnection connected(LightClient client) throws Exception {
        PeerConnection peer = transport.answer(client.offer(), BOTH, events);
        client.accept(peer.answerSdp());
        events.awaitConnected();
        client.connected().get(20, TimeUnit.SECONDS);
        return peer;
    }

    private LightClient connect(ClientOptions options) throws Exception {
        LightClient client = new LightClient(network, options);
        PeerConnection peer = connected(client);
        sendFilm(peer, 1);
        return client;
    }

    /** A key frame of 13 packets, then small frames and sound, all due now. */
    private static void sendFilm(PeerConnection peer, int frames) {
        RtpFrame key = Films.key(14_000);
        RtpFrame inter = Films.inter(900);
        RtpFrame sound = Films.sound(160);
        peer.loop().execute(() -> {
            long nowUs = peer.loop().nowUs();
            for (int i = 0; i < frames; i++) {
                assertTrue(peer.send(i == 0 ? key : inter, nowUs + i * 20_000L));
                assertTrue(peer.send(sound, nowUs + i * 20_000L));
            }
        });
    }

    private void assertReleased() {
        TransportStatistics statistics = transport.statistics();
        assertEquals(0, statistics.peers());
        assertEquals(0, statistics.addresses());
        assertEquals(0, statistics.timers());
        assertEquals(0, statistics.handshakes());
    }

    private static <T> T onLoop(PeerConnection peer, Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, peer.loop()).join();
    }

    /** Sends a key frame every 20 ms, and looks whether it leaves. */
    private static final class Feed implements Runnable {
        private static final long PAUSE_US = 1_000_000;

        private final CompletableFuture<Void> paused = new CompletableFuture<>();
        private final CompletableFuture<Void> resumed = new CompletableFuture<>();
        private final PeerConnection peer;
        private final RtpFrame key = Films.key(900);
        private long sent;
        private long leftUs;

        private Feed(PeerConnection peer) {
            this.peer = peer;
            this.leftUs = peer.loop().nowUs();
            peer.loop().execute(this);
        }

        @Override
        public void run() {
            long nowUs = peer.loop().nowUs();
            long now = peer.statistics().traffic().packetsSent();
            if (now > sent) {
                sent = now;
                leftUs = nowUs;
                if (paused.isDone()) {
                    resumed.complete(null);
                    return;
                }
            } else if (nowUs - leftUs > PAUSE_US) {
                paused.complete(null);
            }
            peer.send(key, nowUs);
            peer.loop().at(nowUs + 20_000, this);
        }
    }

    /** Waits for packets. */
    private static final class Latches implements Received {
        private final CountDownLatch video;
        private final CountDownLatch audio;

        private Latches(int video, int audio) {
            this.video = new CountDownLatch(video);
            this.audio = new CountDownLatch(audio);
        }

        @Override
        public void rtp(byte[] b, int length) {
            ((b[1] & 0x7F) == 111 ? audio : video).countDown();
        }

        private void await() throws InterruptedException {
            assertTrue(video.await(20, TimeUnit.SECONDS), "video packets missing: " + video.getCount());
            assertTrue(audio.await(20, TimeUnit.SECONDS), "audio packets missing: " + audio.getCount());
        }
    }
}
