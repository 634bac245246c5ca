package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** Stores that cannot be reached: the reason is told, at once or within the bound. */
@Timeout(60)
class S3ConnectTest {
    private static final int TIMES = 100;

    @TempDir
    Path folder;

    /** The SDK's pool misses some failures of the first connection to a store: it may not be asked so that it does. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1,Connection refused", "10.0.0.1,not at a public address", "nowhere.invalid,name server"})
    void failureAtOnce_isNeverMissed(String host, String told) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3Files files = S3TestFiles.open(folder, "s3_retries", "0", "s3_connect_timeout", "200")) {
            for (int i = 0; i < TIMES; i++) {
                // a failure that is missed ends as "no connection in time" after 1.4 s
                Refusal failed = assertThrows(
                        Refusal.class, () -> files.open("s3/http://" + host + ":" + port + "/films/film.mp4", ""));
                assertTrue(failed.getMessage().contains(told), failed.getMessage());
            }
        }
    }

    @Test
    void nobodyAnswers_openingEndsWithinReadTimeoutWhateverTheRetries() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Files files = S3TestFiles.open(
                        folder, "s3_read_timeout", "2000", "s3_retries", "20", "s3_connect_timeout", "300")) {
            long start = System.nanoTime();
            Refusal failed = assertThrows(
                    Refusal.class,
                    () -> files.open("s3/http://127.0.0.1:" + mute.getLocalPort() + "/films/film.mp4", ""));
            System.out.printf(
                    "S3, mute store: %.1f s of 2 s: %s%n", (System.nanoTime() - start) / 1e9, failed.getMessage());
            assertEquals("Failed to read file", failed.info());
        }
    }

    @Test
    void answerThatIsLost_isAskedForAgainWithinTheTime() throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("store"));
                SlowLink link = new SlowLink(server.port());
                S3Files files = S3TestFiles.open(folder.resolve("cache"))) {
            server.bucket("films");
            server.put("films", "film.mp4", new byte[10]);
            // nothing of the first answer comes
            link.breakAfter(0, 1);
            files.open("s3/http://127.0.0.1:" + link.port() + "/films/film.mp4", "")
                    .close();
            assertTrue(link.connections() >= 2, link.connections() + " connections");
        }
    }

    @Test
    void allConnectionsTaken_openingEndsAndSaysSo() throws Exception {
        byte[] film = S3TestFiles.bytes(3_000_000, 4);
        try (S3Server server = S3Server.start(folder.resolve("store"));
                SlowLink link = new SlowLink(server.port());
                S3Files files = S3TestFiles.open(
                        folder.resolve("cache"),
                        "s3_max_connections",
                        "1",
                        "s3_read_timeout",
                        "1500",
                        "s3_connect_timeout",
                        "300",
                        "vod_mp4_container_new",
                        "true")) {
            server.bucket("films");
            server.put("films", "film.mp4", film);
            server.put("films", "other.mp4", film);
            link.rate(50_000);
            String store = "s3/http://127.0.0.1:" + link.port() + "/films/";
            try (var source = files.open(store + "film.mp4", "")) {
                source.read(0, new byte[1], 0, 1);
                Refusal failed = assertThrows(Refusal.class, () -> files.open(store + "other.mp4", ""));
                assertTrue(failed.getMessage().contains("s3_max_connections=1"), failed.getMessage());
            }
        }
    }
}
