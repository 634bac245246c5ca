package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.storage.s3.S3TestFiles.film;
import static org.reelcast.storage.s3.S3TestFiles.settings;
import static org.reelcast.storage.s3.server.OddStore.write;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.sharing.PublicAddresses;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.server.OddStore;
import org.reelcast.storage.s3.server.OddStore.Request;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** Bad links, bad stores and bad addresses: repeated within bounds, resumed where it broke, then a clear end. */
@Timeout(60)
class S3FaultsTest extends S3Faults {
    @ParameterizedTest
    @EnumSource(S3Mode.class)
    void connectionResetMidway_isResumedWhereItBroke(S3Mode mode) throws Exception {
        try (S3Server server = S3Server.start(folder.resolve("store"));
                SlowLink link = new SlowLink(server.port());
                S3Files files = files(settings(mode))) {
            server.bucket("films");
            server.put("films", "film.mp4", FILM);
            link.breakAfter(150_000, 3);
            try (RemoteSource source = files.open(film(link.port()), "")) {
                assertArrayEquals(FILM, S3TestFiles.readAll(source));
            }
            assertTrue(link.connections() > 3, link.connections() + " connections");
            // what a reset caught on its way is lost and comes again, no more than that
            assertTrue(link.bytesDown() < FILM.length * 1.5, link.bytesDown() + " bytes");
        }
    }

    @Test
    void connectionsThatAlwaysBreak_endWithinBounds() throws Exception {
        try (OddStore store = new OddStore((request, out) -> {
                    if (request.number() == 1) {
                        OddStore.serve(request, out, FILM, ETAG);
                    }
                });
                S3Files files = files();
                RemoteSource source = files.open(film(store.port()), "")) {
            IOException broken = assertThrows(IOException.class, () -> source.read(0, new byte[10], 0, 10));
            assertTrue(broken.getMessage().contains("127.0.0.1"), broken.getMessage());
            assertEquals(1 + 1 + 3, store.requests().size(), "the first, one for the data and three repetitions");
        }
    }

    @Test
    void storeOutOfOrderForAWhile_isAskedAgain() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    if (request.number() % 2 == 1) {
                        write(out, "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                    } else {
                        OddStore.serve(request, out, FILM, ETAG);
                    }
                });
                S3Files files = files();
                RemoteSource source = files.open(film(store.port()), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
    }

    @Test
    void slowTrickle_isGivenUpWithinBounds() throws IOException {
        try (OddStore store = new OddStore((request, out) -> {
                    if (request.number() == 1) {
                        OddStore.serve(request, out, FILM, ETAG);
                        return;
                    }
                    write(out, OddStore.head(request, FILM.length, ETAG, request.to() - request.from()));
                    trickle(request, out);
                });
                S3Files files = files("s3_read_timeout", "1000", "s3_retries", "1");
                RemoteSource source = files.open(film(store.port()), "")) {
            long start = System.nanoTime();
            byte[] part = new byte[100_000];
            IOException slow = assertThrows(IOException.class, () -> source.readFully(0, part, 0, part.length));
            assertTrue(slow.getMessage().contains("only"), slow.getMessage());
            assertTrue(System.nanoTime() - start < 10_000_000_000L, "the end comes in time");
        }
    }

    private static void trickle(Request request, OutputStream out) throws IOException {
        for (int i = request.from(); i < request.to(); i++) {
            out.write(FILM[i]);
            out.flush();
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void nobodyListening_isAClearEndWithinBounds() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (S3Files files = files()) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(film(port), ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("cannot be reached"), refused.getMessage());
        }
    }

    @Test
    void nobodyAnswering_isAClearEndWithinBounds() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                S3Files files = files("s3_read_timeout", "1000", "s3_retries", "1")) {
            String film = film(mute.getLocalPort());
            Refusal refused = assertThrows(Refusal.class, () -> files.open(film, ""));
            assertEquals("Failed to read file", refused.info());
        }
    }

    /** One client's ninety plays from a store that never answers. */
    @Test
    void storeThatNeverAnswers_leavesConnectionsToOthers() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                OddStore good = new OddStore((request, out) -> OddStore.serve(request, out, FILM, ETAG));
                S3Files files = files(
                        "s3_max_connections",
                        "8",
                        "s3_read_timeout",
                        "60000",
                        "s3_retries",
                        "0",
                        "s3_connect_timeout",
                        "60000")) {
            for (int i = 0; i < 90; i++) {
                String film = "s3/http://127.0.0.1:" + mute.getLocalPort() + "/films/" + i + ".mp4";
                Thread thread = new Thread(() -> assertThrows(Refusal.class, () -> files.open(film, "")));
                thread.setDaemon(true);
                thread.start();
            }
            for (int i = 0; i < 6; i++) {
                // all that this store gets
                mute.accept();
            }
            try (RemoteSource source = files.open(film(good.port()), "")) {
                assertArrayEquals(FILM, S3TestFiles.readAll(source));
            }
        }
    }

    @Test
    void nameNobodyKnows_isAClearEnd() throws IOException {
        try (S3Files files = files("s3_retries", "0", "s3_allowed_endpoints", "*")) {
            Refusal refused =
                    assertThrows(Refusal.class, () -> files.open("s3/https://nowhere.invalid/films/film.mp4", ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("name server"), refused.getMessage());
        }
    }

    @Test
    void certificateNobodyKnows_isRefusedAndTakenWithItsAuthority() throws Exception {
        Certificates certificates = Certificates.make(folder);
        try (S3Server server = S3Server.startTls(folder.resolve("store"), certificates.keystore())) {
            server.bucket("films");
            server.put("films", "film.mp4", FILM);
            String address = "s3/https://127.0.0.1:" + server.port() + "/films/film.mp4";
            try (S3Files files = files("s3_retries", "1")) {
                Refusal refused = assertThrows(Refusal.class, () -> files.open(address, ""));
                assertEquals("Failed to read file", refused.info());
                assertTrue(refused.getMessage().contains("s3_ca_file"), refused.getMessage());
            }
            try (S3Files files = files("s3_ca_file", certificates.pem().toString());
                    RemoteSource source = files.open(address, "")) {
                assertArrayEquals(FILM, S3TestFiles.readAll(source));
            }
        }
    }

    @Test
    void plainTextWhereTlsIsExpected_isAClearEnd() throws IOException {
        try (OddStore store = new OddStore((request, out) -> write(out, "HTTP/1.1 400 Bad Request\r\n\r\n"));
                S3Files files = files("s3_retries", "1")) {
            Refusal refused = assertThrows(
                    Refusal.class, () -> files.open("s3/https://127.0.0.1:" + store.port() + "/films/film.mp4", ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("TLS"), refused.getMessage());
        }
    }

    @Test
    void warmingUp_connectsToNobodyAndDoesNotWait() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Map<String, String> settings =
                Map.of("cache_dir", folder.toString(), "aws_s3_credentials", S3Server.CREDENTIALS);
        try (S3Files files = new S3Files(Settings.of(settings), address -> {
            asked.incrementAndGet();
            return PublicAddresses.isPublic(address);
        })) {
            files.warmUp();
            assertEquals(1, asked.get(), "it goes all the way to the connection, once");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirect_isNotFollowed(int status) throws IOException {
        try (OddStore inside = new OddStore((request, out) -> OddStore.serve(request, out, FILM, ETAG));
                OddStore store = new OddStore((request, out) -> write(
                        out,
                        "HTTP/1.1 " + status + " Elsewhere\r\n"
                                + "Connection: close\r\nLocation: http://127.0.0.1:" + inside.port()
                                + "/films/film.mp4\r\n"
                                + "Content-Length: 0\r\n\r\n"));
                S3Files files = files()) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(film(store.port()), ""));
            assertEquals("Failed to read file", refused.info());
            assertEquals(0, inside.requests().size());
            assertEquals(1, store.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 301 Moved\r\nx-amz-bucket-region: eu-west-3\r\n|PermanentRedirect",
                "HTTP/1.1 400 Bad\r\nx-amz-bucket-region: eu-west-3\r\n|AuthorizationHeaderMalformed"
            })
    void wrongRegion_isNamedWithTheRightOne(String answer) throws IOException {
        String body = "<Error><Code>" + answer.split("\\|")[1] + "</Code><Message>login\n1</Message></Error>";
        try (OddStore store = new OddStore((request, out) -> write(
                        out,
                        answer.split("\\|")[0] + "Connection: close\r\n"
                                + "Content-Type: application/xml\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body));
                S3Files files = files()) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(film(store.port()), ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(
                    refused.getMessage().contains("wrong region")
                            && refused.getMessage().contains("eu-west-3"),
                    refused.getMessage());
            assertFalse(refused.getMessage().contains("login\n1"), "a stranger's text stays out of the log");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433"})
    void addressInside_isNeverConnectedTo(String host) throws IOException {
        try (OddStore inside = new OddStore((request, out) -> OddStore.serve(request, out, FILM, ETAG));
                S3Files files = new S3Files(Settings.of(Map.of(
                        "cache_dir",
                        folder.toString(),
                        "s3_retries",
                        "0",
                        "aws_s3_credentials",
                        S3Server.CREDENTIALS)))) {
            Refusal refused = assertThrows(
                    Refusal.class, () -> files.open("s3/http://" + host + ":" + inside.port() + "/films/film.mp4", ""));
            assertEquals("Failed to read file", refused.info());
            assertEquals(0, inside.requests().size());
        }
    }

    @Test
    void nameThatLeadsInsideTheSecondTime_isNotConnectedToThen() throws IOException {
        // a name server that says something public first and something else later: what counts is the connection
        AtomicInteger lookups = new AtomicInteger();
        try (OddStore store = new OddStore((request, out) -> OddStore.serve(request, out, FILM, ETAG));
                S3Files files = new S3Files(
                        Settings.of(Map.of(
                                "cache_dir",
                                folder.toString(),
                                "s3_retries",
                                "0",
                                "s3_only_allowed_endpoints",
                                "false")),
                        address -> lookups.incrementAndGet() == 1);
                RemoteSource source = files.open("s3/http://localhost:" + store.port() + "/films/film.mp4", "")) {
            IOException refused = assertThrows(IOException.class, () -> source.read(0, new byte[10], 0, 10));
            assertTrue(refused.getMessage().contains("not at a public address"), refused.getMessage());
            assertEquals(1, store.requests().size());
        }
    }
}
