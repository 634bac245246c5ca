package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.mp4.write.Probe;

/**
 * Strangers who mean no good, on a server with a small heap, beside an honest viewer and a recording who must not
 * notice.
 */
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbuseIT {
    private static final int HEAP_MB = 256;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    /** Before what holds up others would be over by itself. */
    private static final int MAX_STALLS = 50;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Chromium chromium;
    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket muteStore;
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
        // connections are taken by the system, and nobody answers
        muteStore = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        server = ReelcastProcess.builder("abuse").heapMb(HEAP_MB)
                .set("s3_allowed_endpoints", "127.0.0.1:" + muteStore.getLocalPort())
                .set("vod_live_loop", true)
                .start();
        rest = new RestClient(server);
        TestMedia.put(TestMedia.lengthy(), server, "lengthy.mp4");
        TestMedia.put(TestMedia.lengthy(), server, "broadcast.mp4");
        Files.createDirectories(server.home().resolve("records"));
        try (RandomAccessFile large = new RandomAccessFile(server.home().resolve("records/large.bin").toFile(), "rw")) {
            large.setLength(100 << 20);
        }
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        muteStore.close();
    }

    @BeforeEach
    void honest() {
        broadcast = RecordingIT.start(rest, "broadcast.mp4", "broadcast");
        assertEquals(200, rest.post("/stream/startRecording", """
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
            assertEquals(200, rest.post("/stream/stopRecording", RecordingIT.session(broadcast)).status());
            Path film = server.home().resolve("records/honest.mp4");
            Probe.decodesCleanly(film);
            Files.delete(film);
            assertFalse(server.log().contains("OutOfMemoryError"), server::lastWords);
        } finally {
            viewers.close();
            rest.post("/vod/terminate", "{\"localStreamName\": \"broadcast\"}");
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
            rest.awaitNoStreams(Duration.ofSeconds(10));
        }
    }

    @Test
    void storeThatDoesNotAnswer_holdsUpNobodyElse() {
        try (SignallingClient greedy = SignallingClient.connect(server.wsUrl());
                SignallingClient other = SignallingClient.connect(server.wsUrl())) {
            for (int i = 0; i < 1000; i++) {
                JsonObject question = new JsonObject();
                question.addProperty("mediaSessionId", UUID.randomUUID().toString());
                question.addProperty("name", remote(i));
                greedy.send("availableStream", question);
            }
            for (int i = 0; i < 90; i++) {
                greedy.playStream(UUID.randomUUID().toString(), remote(i), Offers.chromium());
            }
            String id = UUID.randomUUID().toString();
            other.playStream(id, "vod://lengthy.mp4", Offers.chromium());
            other.await("setRemoteSDP", message -> id.equals(message.data().get(0).getAsString()));
            greedy.await("availableStream",
                    message -> "Server is overloaded, try again later".equals(message.text("info")));
        }
    }

    private String remote(int number) {
        return "vod://s3/http://127.0.0.1:" + muteStore.getLocalPort() + "/bucket/film" + number + ".mp4";
    }

    @Test
    void downloadsThatNobodyReads_fillNoHeap() throws IOException {
        long before = liveKb();
        open(300, server.ports().http(), "GET /client/records/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertHealthy();
        assertTrue(liveKb() - before < 50_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    @Test
    void postsThatDoNotCome_holdUpNoOther() throws IOException {
        open(300, server.ports().http(), "POST /rest-api/vod/find HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        assertHealthy();
        assertEquals(200, rest.post("/vod/find", "{\"localStreamName\": \"broadcast\"}").status());
        Await.until(Duration.ofSeconds(20), () -> answered(sockets.get(0)), () -> "a post is waited for without end");
    }

    @Test
    void pingsWhoseAnswersNobodyReads_closeTheSocket() throws IOException {
        long before = liveKb();
        for (int i = 0; i < 5; i++) {
            try (SocketChannel socket = SocketChannel.open()) {
                socket.bind(new InetSocketAddress("127.0.0." + (2 + i), 0));
                socket.connect(new InetSocketAddress("127.0.0.1", server.ports().ws()));
                socket.write(ByteBuffer.wrap(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
                socket.configureBlocking(false);
                ByteBuffer pings = pings(500);
                AtomicInteger stalls = new AtomicInteger();
                Await.until(Duration.ofSeconds(60), () -> isOverAfterSending(socket, pings, stalls),
                        () -> "pings are taken without end");
            }
            assertHealthy();
        }
        assertTrue(liveKb() - before < 20_000, () -> "live heap " + before + " KB before, now " + liveKb());
    }

    private static ByteBuffer pings(int count) {
        ByteBuffer pings = ByteBuffer.allocate(count * 131);
        for (int i = 0; i < count; i++) {
            pings.put((byte) 0x89).put((byte) (0x80 | 125)).put(new byte[129]);
        }
        return pings.flip();
    }

    /** Closed by the server; or stuck, as the system takes no more of who does not read: then no more comes in. */
    private static boolean isOverAfterSending(SocketChannel socket, ByteBuffer pings, AtomicInteger stalls) {
        try {
            boolean some = false;
            for (int sent = 1; sent > 0; some |= sent > 0) {
                if (!pings.hasRemaining()) {
                    pings.rewind();
                }
                sent = socket.write(pings);
            }
            return (some ? stalls.getAndSet(0) : stalls.incrementAndGet()) > MAX_STALLS;
        } catch (IOException closed) {
            return true;
        }
    }

    /** From another address than the honest ones have. */
    private Socket open(int count, int port, String request) throws IOException {
        Socket socket = null;
        for (int i = 0; i < count; i++) {
            socket = new Socket();
            socket.setReceiveBufferSize(4096);
            socket.bind(new InetSocketAddress("127.0.0." + (2 + i % 5), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        return socket;
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

    private void assertHealthy() {
        for (String path : List.of("/health/live", "/health/ready")) {
            assertEquals(200, rest.send(HttpRequest.newBuilder(server.http(path)).timeout(SOON).GET()).status());
        }
    }

    private long liveKb() {
        server.jcmd("GC.run");
        Matcher used = USED.matcher(server.jcmd("GC.heap_info"));
        assertTrue(used.find());
        return Long.parseLong(used.group(1));
    }
}
