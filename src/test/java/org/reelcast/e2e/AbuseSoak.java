package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Strangers of all kinds in turn, for an hour or {@code -Dsoak.minutes}, at a server with 256 MB of heap, beside fifty
 * viewers and five publishers that are recorded: none of them loses anything, and nothing grows. Run by {@code mvn verify
 * -Psoak}.
 */
class AbuseSoak {
    private static final int HEAP_MB = 256;
    private static final int VIEWERS = 50;
    private static final int PUBLISHERS = 5;
    private static final int FRAME_BYTES = 2_000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final SoakSeries heap = new SoakSeries("live heap, MB", 12);
    private final List<LightViewer> viewers = new ArrayList<>();
    private final List<LightPublisher> publishers = new ArrayList<>();
    private ReelcastProcess server;

    private interface Attack {
        void run() throws Exception;
    }

    @Test
    void strangersInTurn_takeNothingFromAnybody() throws Exception {
        try (Strangers strangers = new Strangers();
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
            server = strangers.start("abuse-soak", HEAP_MB);
            try {
                come(network);
                attack(strangers);
                leave();
                server.stop();
            } finally {
                System.out.println(heap);
                server.close();
            }
        }
        assertTrue(heap.isFlat(), heap::toString);
    }

    private void come(ClientNetwork network) {
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        RecordingIT.start(new RestClient(server), "lengthy.mp4", "broadcast");
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(new LightViewer(network, server, "broadcast"));
            viewers.get(i).awaitPlaying();
        }
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(new LightPublisher(network, server, "camera" + i, FRAME_BYTES, ""));
            assertTrue(publishers.get(i).awaitPublishing(), "it is recorded");
        }
    }

    private void attack(Strangers strangers) throws Exception {
        List<String> segments = new HlsRules(server)
                .list(new HlsRules(server).uri("/vod/large.mp4/media.m3u8")).whole().stream()
                        .map(ParsedPlaylist.Listed::uri)
                        .toList();
        List<Attack> all = List.of(
                () -> strangers.download(200),
                () -> strangers.fetchSegments(segments),
                () -> strangers.readPages(200),
                () -> strangers.askForPlaylists("198.51.100.7", 200),
                () -> strangers.post(200),
                () -> strangers.postElsewhere("127.0.0.9", 600),
                () -> strangers.ping(0),
                () -> strangers.beginFrames(100),
                () -> strangers.sendBytes(20_000),
                () -> strangers.talkTooEarly(300),
                () -> strangers.offer(5),
                () -> strangers.drip(200),
                () -> strangers.beginHandshakes(70),
                () -> assertEquals(0, strangers.redirect(), "packets to somebody who did not ask"),
                strangers::forgeLog,
                strangers::playChangingSizes,
                () -> {
                    strangers.transcode("198.51.100.1", "broadcast", 60);
                    assertEquals(1, strangers.transcode("198.51.100.2", "broadcast", 1), "another's transcode");
                },
                () -> {
                    try (SignallingClient greedy = strangers.askMuteStore()) {
                        greedy.await("availableStream");
                    }
                });
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Long.getLong("soak.minutes", 60));
        int turns = 0;
        while (System.nanoTime() < end || turns < all.size()) {
            all.get(turns++ % all.size()).run();
            for (String path : List.of("/health/live", "/health/ready")) {
                assertEquals(
                        200,
                        new RestClient(server)
                                .send(HttpRequest.newBuilder(server.http(path))
                                        .timeout(SOON)
                                        .GET())
                                .status(),
                        path);
            }
            strangers.leave();
            heap.add(Soak.liveBytes(server.pid()) / 1e6);
        }
        System.out.println(turns + " attacks");
    }

    private void leave() throws IOException {
        for (LightPublisher publisher : publishers) {
            String film = publisher.stop().text("recordName");
            System.out.println(
                    ManyPublishers.assertWhole(server.home().resolve("records").resolve(film)) + " pictures");
            publisher.close();
        }
        for (LightViewer viewer : viewers) {
            viewer.stop();
            viewer.close();
            assertEquals(0, viewer.video().missing(), "packets lost");
            assertTrue(viewer.video().packets() > 0);
        }
        assertFalse(server.log().contains("OutOfMemoryError"), server::lastWords);
    }
}
