package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Slice;

/** Servers that do not do what they should hold nobody up for longer than the limit. */
@Timeout(60)
class RtmpPublisherTest {
    private static final long LIMIT_MS = 600;
    private static final char[] PASSWORD = "secret".toCharArray();
    /** AAC-LC, 48 kHz, stereo. */
    private static final AacFormat SOUND =
            new AacFormat(new DecoderConfig(new byte[] {0x11, (byte) 0x90}), 48_000, 2, 48_000, "und");

    @TempDir
    private Path folder;

    private static String failure(RtmpAddress address, Optional<Path> authorities) {
        return assertThrows(
                        FfmpegException.class, () -> RtmpPublisher.connect(address, authorities, () -> false, LIMIT_MS))
                .getMessage();
    }

    @Test
    void connect_nobodyListens_saysSo() throws Exception {
        int port = RtmpServers.freePort();
        assertEquals(
                "rtmp://127.0.0.1:" + port + " does not take the stream: Connection refused",
                failure(RtmpServers.address(port), Optional.empty()));
    }

    @Test
    void connect_manyTimesInVain_leavesNoMemoryBehind() throws Exception {
        RtmpAddress address = RtmpServers.address(RtmpServers.freePort());
        failManyTimes(address, 50);
        long before = Resident.kb();
        failManyTimes(address, 500);
        assertTrue(Resident.kb() - before < 500 * 20, "a connection that failed leaves more than 20 kB behind");
    }

    private static void failManyTimes(RtmpAddress address, int times) {
        for (int i = 0; i < times; i++) {
            failure(address, Optional.empty());
        }
    }

    @Test
    void connect_silentServer_isGivenUpAfterTheLimit() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            long startNs = System.nanoTime();
            String message = failure(RtmpServers.address(silent.getLocalPort()), Optional.empty());
            assertTrue(message.endsWith("does not take the stream: it gave no answer for 600 ms"), message);
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void connect_stopped_endsAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicBoolean stopped = new AtomicBoolean();
            Thread stopper = new Thread(() -> {
                try {
                    silent.accept();
                    stopped.set(true);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            stopper.start();
            assertThrows(
                    FfmpegException.class,
                    () -> RtmpPublisher.connect(
                            RtmpServers.address(silent.getLocalPort()), Optional.empty(), stopped::get, 60_000));
            stopper.join();
        }
    }

    @Test
    void sound_serverStopsReading_failsAfterTheLimit() throws Exception {
        int port = RtmpServers.freePort();
        Process server = RtmpServers.ffmpeg(port, folder.resolve("out.flv"));
        try {
            // the first to come is the only one: the relay connects when it listens
            while (!isListening(port)) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            try (RtmpServers.Relay relay = new RtmpServers.Relay(port);
                    RtmpPublisher publisher = RtmpServers.connect(relay.port(), 2_000)) {
                publisher.begin(Optional.empty(), Optional.of(SOUND));
                relay.stopReading();
                byte[] unit = new byte[64 << 10];
                FfmpegException failure = assertThrows(FfmpegException.class, () -> {
                    for (int i = 0; i < 10_000; i++) {
                        publisher.sound(null, Slice.of(unit), i * 20L);
                    }
                });
                assertEquals("The RTMP server takes no more: it gave no answer for 2000 ms", failure.getMessage());
            }
        } finally {
            server.destroyForcibly();
        }
    }

    /** By Linux's list of sockets: a connection would be taken for the stream. */
    private static boolean isListening(int port) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .anyMatch(line -> line.contains(String.format(":%04X 00000000:0000 0A", port)));
    }

    @Test
    void connect_rtmps_checksAuthorityAndName() throws Exception {
        Path localhost = certificate("localhost");
        Path other = certificate("other.example");
        assertFalse(isSpokenTo(localhost, Optional.of(pem(other))), "by another authority");
        assertFalse(isSpokenTo(other, Optional.of(pem(other))), "for another name");
        assertTrue(isSpokenTo(localhost, Optional.of(pem(localhost))), "by that authority for that name");
        assertTrue(isSpokenTo(other, Optional.empty()), "nothing is checked");
    }

    /** Whether a server with that certificate is sent anything once it has shown it; it hangs up then. */
    private static boolean isSpokenTo(Path store, Optional<Path> authorities) throws Exception {
        try (ServerSocket server = tlsServer(store)) {
            CompletableFuture<Boolean> spokenTo = CompletableFuture.supplyAsync(() -> {
                try (Socket client = server.accept()) {
                    return client.getInputStream().read() >= 0;
                } catch (IOException refused) {
                    return false;
                }
            });
            RtmpAddress address = tls(server.getLocalPort());
            String message = assertThrows(
                            FfmpegException.class,
                            () -> RtmpPublisher.connect(address, authorities, () -> false, 30_000))
                    .getMessage();
            assertTrue(
                    message.startsWith(address.server()
                            + (authorities.isPresent()
                                    ? " shows no trusted certificate for its name, or does not take the stream: "
                                    : " does not take the stream: ")),
                    message);
            return spokenTo.get();
        }
    }

    private static RtmpAddress tls(int port) {
        String server = "rtmps://localhost:" + port;
        return new RtmpAddress(server + "/live", "live", "test", server);
    }

    /** A key store with a key and its certificate for a host. */
    private Path certificate(String host) throws Exception {
        Path store = folder.resolve(host + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-ext",
                        "BC=ca:true",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        return store;
    }

    private static KeyStore load(Path store) throws Exception {
        return KeyStore.getInstance(store.toFile(), PASSWORD);
    }

    private Path pem(Path store) throws Exception {
        return Files.writeString(
                folder.resolve(store.getFileName() + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        load(store).getCertificate("key").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static ServerSocket tlsServer(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(store), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 8, InetAddress.getByName("localhost"));
    }
}
