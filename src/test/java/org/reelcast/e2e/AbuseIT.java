package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.webrtc.client.ClientNetwork;

/**
 * Strangers who mean no good, on a server with a small heap, beside an honest viewer and a recording who must not
 * notice.
 */
@BesideOthers
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseIT {
    private static final int HEAP_MB = 256;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final int MOST_LOG = 100_000;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Chromium chromium;
    private Strangers strangers;
    private ReelcastProcess server;
    private RestClient rest;
    private Viewers viewers;
    private int viewer;
    private String broadcast;

    AbuseIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void start() throws IOException {
        strangers = new Strangers();
        server = strangers.start("abuse", HEAP_MB);
        rest = new RestClient(server);
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        TestMedia.put(TestMedia.lengthy(), server, "broadcast.mp4");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        strangers.close();
    }

    @BeforeEach
    void honest() {
        broadcast = RecordingIT.start(rest, "broadcast.mp4", "broadcast");
        assertEquals(
                200,
                rest.post("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "honest"}}""".formatted(broadcast)).status());
        viewers = new Viewers(chromium, server);
        viewer = viewers.play("vod://lengthy.mp4");
        viewers.awaitFrames(viewer, 15);
    }

    /** What nobody was to notice. */
    @AfterEach
    void nobodyNoticed() throws IOException {
        try {
            viewers.awaitFrames(viewer, viewers.stats(viewer).framesDecoded() + 30);
            PeerStats stats = viewers.stats(viewer);
            assertEquals(0, stats.packetsLost(), stats::toString);
            RecordingIT.awaitFragments(server.home().resolve("records/honest.mp4.tmp"), 2);
            assertEquals(
                    200,
                    rest.post("/stream/stopRecording", RecordingIT.session(broadcast))
                            .status());
            Path film = server.home().resolve("records/honest.mp4");
            Probe.decodesCleanly(film);
            Files.delete(film);
            assertFalse(server.log().contains("OutOfMemoryError"), server::lastWords);
        } finally {
            viewers.close();
            rest.post("/vod/terminate", "{\"localStreamName\": \"broadcast\"}");
            strangers.leave();
            rest.awaitNoStreams(Duration.ofSeconds(10));
        }
    }

    @Test
    void storeThatDoesNotAnswer_holdsUpNobodyElse() {
        try (SignallingClient greedy = strangers.askMuteStore();
                SignallingClient other = SignallingClient.connect(server.wsUrl())) {
            String id = UUID.randomUUID().toString();
            other.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            other.await(
                    "setRemoteSDP", message -> id.equals(message.data().get(0).getAsString()));
            greedy.await(
                    "availableStream", message -> "Server is overloaded, try again later".equals(message.text("info")));
        }
    }

    @Test
    void downloadsThatNobodyReads_fillNoHeap() throws IOException {
        long before = liveKb();
        strangers.download(300);
        assertHealthy();
        assertTrue(liveKb() - before < 50_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    @Test
    void pagesThatNobodyReads_fillNoHeap() throws IOException {
        long before = liveKb();
        strangers.readPages(400);
        assertHealthy();
        assertTrue(liveKb() - before < 40_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    /** The longest have 26 MB: a quarter of the heap is what segments may take together. */
    @Test
    void segmentsThatNobodyReads_fillNoHeap_andEndInTime() throws IOException {
        HlsRules hls = new HlsRules(server);
        ParsedPlaylist list = hls.list(hls.uri("/vod/large.mp4/media.m3u8"));
        long before = liveKb();
        strangers.fetchSegments(
                list.whole().stream().map(ParsedPlaylist.Listed::uri).toList());
        Await.until(SOON, () -> liveKb() - before > 20_000, () -> "nothing is on its way");
        assertHealthy();
        assertTrue(liveKb() - before < 90_000, () -> "live heap " + before + " KB before, now " + liveKb());
        Await.until(
                Duration.ofSeconds(20),
                () -> liveKb() - before < 70_000,
                () -> "live heap " + before + " KB before, still " + liveKb());
        for (ParsedPlaylist.Listed segment : list.whole()) {
            assertEquals(
                    200, hls.get(hls.uri("/vod/large.mp4/" + segment.uri())).statusCode());
        }
    }

    @Test
    void postsThatDoNotCome_holdUpNoOther() throws IOException {
        strangers.postElsewhere("127.0.0.9", 600);
        assertHealthy();
        assertRestTakesBodies();
        Socket last = strangers.post(300);
        assertHealthy();
        assertRestTakesBodies();
        Await.until(Duration.ofSeconds(20), () -> answered(last), () -> "a post is waited for without end");
    }

    /** Of each of these a few would do, if they were not bounded. */
    @Test
    void whatIsSmallAndCostsMuch_isBounded() throws Exception {
        long before = liveKb();
        Socket slow = strangers.drip(50);
        strangers.offer(3);
        strangers.beginHandshakes(70);
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightViewer honest = new LightViewer(network, server, "broadcast")) {
            long asked = System.nanoTime();
            honest.awaitPlaying();
            assertTrue(System.nanoTime() - asked < SOON.toNanos(), "a join waits for strangers' handshakes");
            honest.stop();
        }
        assertEquals(0, strangers.redirect(), "packets to somebody who did not ask");
        int logged = server.log().length();
        strangers.forgeLog();
        strangers.sendBytes(20_000);
        String log = server.log();
        assertFalse(log.contains("\n12:00:00,000 INFO  Forged"), "a stranger writes lines of the log");
        assertTrue(log.length() - logged < MOST_LOG, () -> log.length() - logged + " bytes of log");
        assertHealthy();
        Await.until(SOON, () -> isClosed(slow), () -> "a header is waited for without end");
        assertTrue(liveKb() - before < 50_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    /** Says something more, as it does all the time. */
    private static boolean isClosed(Socket slow) {
        try {
            slow.getOutputStream().write('x');
            return slow.getInputStream().available() > 0
                    && slow.getInputStream().read() < 0;
        } catch (IOException closed) {
            return true;
        }
    }

    @Test
    void pingsWhoseAnswersNobodyReads_closeTheSocket() throws IOException {
        long before = liveKb();
        for (int i = 0; i < 5; i++) {
            strangers.ping(i);
            assertHealthy();
        }
        assertTrue(liveKb() - before < 20_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    @Test
    void framesThatDoNotEnd_fillNoHeap() throws IOException {
        long before = liveKb();
        strangers.beginFrames(100);
        assertHealthy();
        assertTrue(liveKb() - before < 40_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    /** Each would hold a thread for good. */
    @Test
    void messagesBehindTheHandshakeAtOnce_holdUpNobodyElse() throws IOException {
        strangers.talkTooEarly(300);
        SignallingClient.connect(server.wsUrl()).close();
        assertHealthy();
    }

    private static boolean answered(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            byte[] answer = in.readNBytes(Math.min(in.available(), 12));
            return new String(answer, StandardCharsets.US_ASCII).equals("HTTP/1.1 408");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertRestTakesBodies() {
        assertEquals(
                200,
                rest.post("/vod/find", "{\"localStreamName\": \"broadcast\"}").status());
    }

    private void assertHealthy() {
        for (String path : List.of("/health/live", "/health/ready")) {
            assertEquals(
                    200,
                    rest.send(HttpRequest.newBuilder(server.http(path))
                                    .timeout(SOON)
                                    .GET())
                            .status());
        }
    }

    private long liveKb() {
        server.jcmd("GC.run");
        Matcher used = USED.matcher(server.jcmd("GC.heap_info"));
        assertTrue(used.find());
        return Long.parseLong(used.group(1));
    }
}
