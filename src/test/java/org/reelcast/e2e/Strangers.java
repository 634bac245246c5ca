package org.reelcast.e2e;

import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Offers;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.client.StallingClient;

/** What strangers do who mean no good, from other addresses than the honest ones have; each kind by itself. */
final class Strangers implements Closeable {
    /** Before what holds up others would be over by itself. */
    private static final int MAX_STALLS = 50;

    private static final int OFFER_LINES = 3_900;
    /** Of RTP and RTCP, with the ports of WebRTC (RFC 7983). */
    private static final int FIRST_MEDIA = 128;

    private static final int LAST_MEDIA = 191;
    private static final int NAME_CHARACTERS = 250_000;
    private static final String HANDSHAKE = "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    /** What Tyrus would keep of one frame by itself. */
    private static final int FRAME_SIZE = 4 << 20;

    private final List<Socket> sockets = new ArrayList<>();
    private final List<Closeable> others = new ArrayList<>();
    private final ServerSocket muteStore;
    private ReelcastProcess server;

    Strangers() throws IOException {
        // connections are taken by the system, and nobody answers
        muteStore = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    }

    /** A server with what they ask for: a large download, large segments, a store that does not answer. */
    ReelcastProcess start(String name, int heapMb) throws IOException {
        server = ReelcastProcess.builder(name)
                .heapMb(heapMb)
                .set("s3_allowed_endpoints", "127.0.0.1:" + muteStore.getLocalPort())
                .set("vod_live_loop", true)
                .set("hls_answer_timeout", 4000)
                .set("http_header_timeout", 3000)
                .set("trusted_proxies", "127.0.0.1")
                .start();
        TestMedia.put(TestMedia.large(), server, "large.mp4");
        try (InputStream packed = Strangers.class.getResourceAsStream("/e2e/sizes-that-change.mp4.gz")) {
            Files.copy(new GZIPInputStream(packed), server.home().resolve("media/sizes-that-change.mp4"));
        }
        Files.createDirectories(server.home().resolve("records"));
        try (RandomAccessFile large =
                new RandomAccessFile(server.home().resolve("records/large.bin").toFile(), "rw")) {
            large.setLength(100 << 20);
        }
        return server;
    }

    /** Asks for films of a store that does not answer. @return who did, still connected */
    SignallingClient askMuteStore() {
        SignallingClient greedy = SignallingClient.connect(server.wsUrl());
        for (int i = 0; i < 1000; i++) {
            JsonObject question = new JsonObject();
            question.addProperty("mediaSessionId", UUID.randomUUID().toString());
            question.addProperty("name", remote(i));
            greedy.send("availableStream", question);
        }
        for (int i = 0; i < 90; i++) {
            greedy.playStream(UUID.randomUUID().toString(), remote(i), Offers.chromium());
        }
        return greedy;
    }

    private String remote(int number) {
        return "vod://s3/http://127.0.0.1:" + muteStore.getLocalPort() + "/bucket/film" + number + ".mp4";
    }

    /** Downloads that are not read. */
    void download(int count) throws IOException {
        open(count, server.ports().http(), "GET /client/records/large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Segments of the large film that are not read, each eight times. */
    void fetchSegments(List<String> names) throws IOException {
        for (String name : names) {
            open(8, server.ports().hls(), "GET /vod/large.mp4/" + name + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
    }

    /** Pages that are not read. */
    void readPages(int count) throws IOException {
        open(count, server.ports().http(), "GET /js/lib/hls.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    /** Asks by HLS for films of the store that does not answer, for a client of that address. */
    void askForPlaylists(String address, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String film = URLEncoder.encode(remote(i).substring("vod://s3/".length()), StandardCharsets.UTF_8);
            open(
                    "127.0.0.1",
                    server.ports().hls(),
                    "GET /vod/s3/" + film + "/index.m3u8 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + address
                            + "\r\n\r\n");
        }
    }

    /** Bodies that do not come. @return the last one */
    Socket post(int count) throws IOException {
        return open(
                count,
                server.ports().http(),
                "POST /rest-api/vod/find HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    }

    /** Bodies that do not come, to where none is taken, from one address. */
    void postElsewhere(String address, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            open(address, server.ports().http(), "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
        }
    }

    /** Offers of the form that once took a gigabyte each. */
    void offer(int count) {
        String offer = Offers.chromium() + "a=rtcp-fb:* nack pli\r\n".repeat(OFFER_LINES);
        for (int i = 0; i < count; i++) {
            try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
                String id = UUID.randomUUID().toString();
                client.playStream(id, "vod://sample.mp4", offer);
                client.awaitStatus(id, "FAILED");
            }
        }
    }

    /** Headers that go on and on. @return the last one */
    Socket drip(int count) throws IOException {
        return open(count, server.ports().http(), "GET / HTTP/1.1\r\nX: ");
    }

    /** Handshakes that begin with one byte and go no further. */
    void beginHandshakes(int count) throws IOException {
        SignallingClient client = SignallingClient.connect(server.wsUrl());
        others.add(client::close);
        for (int i = 0; i < count; i++) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "vod://large.mp4", Offers.chromium());
            StallingClient stalling = new StallingClient(answer(client, id));
            others.add(stalling);
            stalling.stall();
        }
    }

    private static String answer(SignallingClient client, String id) {
        return client.await(
                        "setRemoteSDP",
                        message -> id.equals(message.data().get(0).getAsString()))
                .data()
                .get(1)
                .getAsString();
    }

    /** Has a stream sent to somebody who did not ask. @return media that came to him */
    long redirect() throws Exception {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl());
                ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightClient viewer = new LightClient(network, ClientOptions.light())) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "vod://large.mp4", viewer.offer());
            String answer = answer(client, id);
            viewer.accept(answer);
            client.awaitStatus(id, "PLAYING");
            try (StallingClient victim = new StallingClient(answer)) {
                return victim.stall().received().stream()
                        .filter(packet -> (packet[0] & 0xff) >= FIRST_MEDIA && (packet[0] & 0xff) <= LAST_MEDIA)
                        .count();
            }
        }
    }

    /** Names that make lines of their own, names that are long, and what is no message. */
    void forgeLog() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "vod://x\n12:00:00,000 INFO  Forged - admin \u001b[31mred", Offers.chromium());
            client.awaitStatus(id, "FAILED");
            for (int i = 0; i < 20; i++) {
                id = UUID.randomUUID().toString();
                client.playStream(id, "A".repeat(NAME_CHARACTERS), "");
                client.awaitStatus(id, "FAILED");
            }
            for (int i = 0; i < 2000; i++) {
                client.sendText("x");
            }
            id = UUID.randomUUID().toString();
            client.playStream(id, "", "");
            client.awaitStatus(id, "FAILED");
        }
    }

    /** So many sizes of a stream, from one address. @return how many it had */
    int transcode(String address, String stream, int sizes) {
        SignallingClient client = SignallingClient.connectFrom(address, server.wsUrl());
        others.add(client::close);
        int had = 0;
        for (int i = 0; i < sizes; i++) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "transcode://320x180@" + (200 + i) + "/" + stream, Offers.chromium());
            SignallingClient.Message answer = client.awaitAnswer(id);
            had += answer.name().equals("setRemoteSDP") ? 1 : 0;
        }
        return had;
    }

    /** A film whose pictures become large where nobody looks any more. */
    void playChangingSizes() {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            String id = UUID.randomUUID().toString();
            client.playStream(id, "vod://sizes-that-change.mp4", Offers.chromium());
            client.awaitAnswer(id);
        }
    }

    /** Pings whose answers nobody reads, until the server has enough of them. @param number tells addresses apart */
    void ping(int number) throws IOException {
        try (SocketChannel socket = webSocket(number)) {
            send(socket, pings(500), true);
        }
    }

    /** Begins a frame of 4 MB on each of so many WebSockets and sends of it what gets through, but for its end. */
    void beginFrames(int count) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(FRAME_SIZE)
                .put((byte) 0x81)
                .put((byte) 0xff)
                .putLong(FRAME_SIZE);
        for (int i = 0; i < count; i++) {
            SocketChannel socket = webSocket(i % 5);
            others.add(socket);
            send(socket, part.rewind(), false);
        }
    }

    /** Messages of bytes, which nobody has asked for, without a word before. */
    void sendBytes(int count) throws IOException {
        try (SocketChannel socket = webSocket(0)) {
            ByteBuffer messages = ByteBuffer.allocate(count * 7);
            for (int i = 0; i < count; i++) {
                messages.put((byte) 0x82).put((byte) 0x81).put(new byte[5]);
            }
            send(socket, messages.flip(), false);
            Await.until(Duration.ofSeconds(10), () -> isClosed(socket), () -> "messages of bytes may go on");
        }
    }

    private static boolean isClosed(SocketChannel socket) {
        try {
            return socket.read(ByteBuffer.allocate(1000)) < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Messages right behind the handshake, whose answer is not waited for, on so many WebSockets. */
    void talkTooEarly(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel socket = connected(i % 5);
            others.add(socket);
            socket.write(ByteBuffer.wrap((HANDSHAKE + "x").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private SocketChannel webSocket(int number) throws IOException {
        SocketChannel socket = connected(number);
        socket.write(ByteBuffer.wrap(HANDSHAKE.getBytes(StandardCharsets.US_ASCII)));
        socket.read(ByteBuffer.allocate(1000));
        socket.configureBlocking(false);
        return socket;
    }

    private SocketChannel connected(int number) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.bind(new InetSocketAddress("127.0.0." + (2 + number), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", server.ports().ws()));
        return socket;
    }

    private static ByteBuffer pings(int count) {
        ByteBuffer pings = ByteBuffer.allocate(count * 131);
        for (int i = 0; i < count; i++) {
            pings.put((byte) 0x89).put((byte) (0x80 | 125)).put(new byte[129]);
        }
        return pings.flip();
    }

    /** Sends it once, or over and over, until the server takes no more. */
    private static void send(SocketChannel socket, ByteBuffer bytes, boolean overAndOver) {
        AtomicInteger stalls = new AtomicInteger();
        Await.until(
                Duration.ofSeconds(60),
                () -> isOverAfterSending(socket, bytes, overAndOver, stalls),
                () -> "it is taken without end");
    }

    /** Closed by the server; or stuck, as the system takes no more of who does not read: then no more comes in. */
    private static boolean isOverAfterSending(
            SocketChannel socket, ByteBuffer bytes, boolean overAndOver, AtomicInteger stalls) {
        try {
            boolean some = false;
            for (int sent = 1; sent > 0; some |= sent > 0) {
                if (!bytes.hasRemaining()) {
                    if (!overAndOver) {
                        return true;
                    }
                    bytes.rewind();
                }
                sent = socket.write(bytes);
            }
            return (some ? stalls.getAndSet(0) : stalls.incrementAndGet()) > MAX_STALLS;
        } catch (IOException closed) {
            return true;
        }
    }

    private Socket open(int count, int port, String request) throws IOException {
        Socket socket = null;
        for (int i = 0; i < count; i++) {
            socket = open("127.0.0." + (2 + i % 5), port, request);
        }
        return socket;
    }

    private Socket open(String address, int port, String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
        return socket;
    }

    /** Closes what is open of theirs. */
    void leave() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
        for (Closeable other : others) {
            other.close();
        }
        others.clear();
    }

    @Override
    public void close() throws IOException {
        leave();
        muteStore.close();
    }
}
