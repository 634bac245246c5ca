package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.storage.s3.S3TestFiles.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.storage.RemoteSource;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** Against a real S3 server that checks signatures. */
@Timeout(60)
class S3FilesTest {
    private static final byte[] FILM = S3TestFiles.bytes(3_000_000, 1);

    @TempDir
    static Path stores;

    private static S3Server server;

    @TempDir
    Path cache;

    private SlowLink link;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(stores);
        server.bucket("films");
        server.put("films", "folder/film.mp4", FILM);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void openLink() throws IOException {
        link = new SlowLink(server.port());
    }

    @AfterEach
    void closeLink() throws IOException {
        link.close();
    }

    private String address(String path) {
        return "s3/http://127.0.0.1:" + link.port() + "/" + path;
    }

    private long gets() {
        return link.requests().stream()
                .filter(request -> request.startsWith("GET ")
                        && !request.toLowerCase(java.util.Locale.ROOT).contains("range: bytes=0-0\r\n"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(S3Mode.class)
    void everyWayBringsTheSameBytes(S3Mode mode) throws IOException {
        try (S3Files files = S3TestFiles.open(cache, settings(mode));
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            assertEquals(FILM.length, source.size());
            byte[] part = new byte[1000];
            assertEquals(1000, source.readFully(2_345_678, part, 0, 1000));
            assertArrayEquals(java.util.Arrays.copyOfRange(FILM, 2_345_678, 2_346_678), part);
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
            assertEquals(-1, source.read(FILM.length, part, 0, 1));
            assertEquals(FILM.length, source.downloadedBytes());
            assertTrue(source.isHere(0, FILM.length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b.mp4", "a+b&c=d.mp4", "\u0444\u0438\u043b\u044c\u043c \u00e9.mp4", "100%.mp4", "~(x)'!*.mp4"
            })
    void keyOfAnyKindIsSignedAndFound(String key) throws IOException {
        byte[] bytes = S3TestFiles.bytes(100, key.hashCode());
        server.put("films", key, bytes);
        String escaped = key.replace("%", "%25").replace(" ", "%20");
        try (S3Files files = S3TestFiles.open(cache);
                RemoteSource source = files.open(address("films/" + escaped), "")) {
            assertArrayEquals(bytes, S3TestFiles.readAll(source));
        }
    }

    @ParameterizedTest
    @EnumSource(S3Mode.class)
    void hundredReadersCauseOneDownload(S3Mode mode) throws Exception {
        link.rate(20_000_000);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try (S3Files files = S3TestFiles.open(cache, settings(mode))) {
            List<Future<byte[]>> readers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                readers.add(threads.submit(() -> {
                    try (RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
                        return S3TestFiles.readAll(source);
                    }
                }));
            }
            for (Future<byte[]> reader : readers) {
                assertArrayEquals(FILM, reader.get());
            }
        } finally {
            threads.shutdownNow();
        }
        long heads = link.requests().size() * 1000L;
        assertTrue(
                link.bytesDown() < FILM.length + heads,
                link.bytesDown() + " bytes in " + link.requests().size() + " requests for " + FILM.length);
        System.out.println("S3, 100 readers, " + mode + ": " + link.bytesDown() + " bytes for an object of "
                + FILM.length + ", " + gets() + " requests for data, " + link.connections() + " connections");
    }

    @Test
    void cacheSurvivesARestart_andOnlyTheStateIsAskedFor() throws IOException {
        try (S3Files files = S3TestFiles.open(cache, S3TestFiles.settings(S3Mode.DOWNLOAD_FIRST));
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        long before = gets();
        try (S3Files files = S3TestFiles.open(cache, S3TestFiles.settings(S3Mode.DOWNLOAD_FIRST));
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        assertEquals(before, gets());
    }

    @Test
    void halfOfTheCacheLost_isFetchedAgainAndNothingElse() throws IOException {
        try (S3Files files = S3TestFiles.open(cache);
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            S3TestFiles.readAll(source);
        }
        try (Stream<Path> all = Files.walk(cache)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                int block = Integer.parseInt(file.getFileName().toString());
                if (block == 3) {
                    Files.write(file, new byte[100]);
                } else if (block > 5) {
                    Files.delete(file);
                }
            }
        }
        long before = link.bytesDown();
        try (S3Files files = S3TestFiles.open(cache);
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        long fetched = link.bytesDown() - before;
        long lost = FILM.length - 5L * Block.BYTES;
        assertTrue(fetched >= lost && fetched < lost + 20_000, fetched + " bytes fetched for " + lost + " lost");
    }

    @Test
    void readsAtBothEnds_fetchLittle() throws IOException {
        byte[] large = S3TestFiles.bytes(40 * 1024 * 1024, 5);
        server.put("films", "large.mp4", large);
        try (S3Files files = S3TestFiles.open(cache);
                RemoteSource source = files.open(address("films/large.mp4"), "")) {
            byte[] part = new byte[4096];
            source.readFully(0, part, 0, 4096);
            source.readFully(large.length - 4096, part, 0, 4096);
            assertArrayEquals(java.util.Arrays.copyOfRange(large, large.length - 4096, large.length), part);
            assertTrue(source.downloadedBytes() <= 2 * Block.BYTES, source.downloadedBytes() + " bytes");
        }
    }

    @Test
    void filmLargerThanTheCache_playsAndTheBoundHolds() throws IOException {
        byte[] large = S3TestFiles.bytes(3 * 1024 * 1024, 6);
        server.put("films", "larger.mp4", large);
        try (S3Files files = S3TestFiles.open(cache, "vod_mp4_container_new", "true", "cache_max_mb", "1");
                RemoteSource source = files.open(address("films/larger.mp4"), "")) {
            assertFalse(source.isDownloading());
            assertArrayEquals(large, S3TestFiles.readAll(source));
        }
        try (Stream<Path> all = Files.walk(cache)) {
            long onDisk = all.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertTrue(onDisk <= 1024 * 1024, onDisk + " bytes");
        }
    }

    @Test
    void noCacheAtAll_readsStillWork() throws IOException {
        try (S3Files files = S3TestFiles.open(cache, "cache_max_mb", "0");
                RemoteSource source = files.open(address("films/folder/film.mp4"), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        assertEquals(0, cache.toFile().list().length);
    }

    @ParameterizedTest
    @EnumSource(S3Mode.class)
    void objectChangedUnderWay_readsFailWithASentence(S3Mode mode) throws IOException {
        String key = "changing-" + mode;
        byte[] after = S3TestFiles.bytes(2_000_000, 8);
        server.put("films", key, S3TestFiles.bytes(2_000_000, 7));
        // a download is in the midst of it when the object changes, and then has to come back for the rest
        link.rate(1_000_000).breakAfter(mode == S3Mode.RANGES ? Long.MAX_VALUE : 1_200_000, 3);
        try (S3Files files = S3TestFiles.open(cache, settings(mode));
                RemoteSource source = files.open(address("films/" + key), "")) {
            byte[] part = new byte[1000];
            if (mode == S3Mode.RANGES) {
                source.readFully(0, part, 0, 1000);
            }
            server.put("films", key, after);
            IOException changed = assertThrows(IOException.class, () -> source.readFully(1_500_000, part, 0, 1000));
            assertTrue(changed.getMessage().contains("changed in the store"), changed.getMessage());
            assertThrows(
                    IOException.class, () -> source.readFully(0, part, 0, 1000), "nothing of the old one any more");
            link.rate(Long.MAX_VALUE);
            try (RemoteSource anew = files.open(address("films/" + key), "")) {
                assertArrayEquals(after, S3TestFiles.readAll(anew));
            }
        }
    }

    @Test
    void nameWithoutAHost_isInTheStoreOfTheSettings() throws IOException {
        String store = "http://127.0.0.1:" + link.port();
        try (S3Files files = S3TestFiles.open(
                        cache, "s3_endpoint", store, "s3_allowed_endpoints", "", "s3_only_allowed_endpoints", "true");
                RemoteSource source = files.open("s3/films/folder/film.mp4", "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        IOException wrong = assertThrows(IOException.class, () -> S3TestFiles.open(cache, "s3_endpoint", "minio"));
        assertTrue(wrong.getMessage().contains("s3_endpoint"), wrong.getMessage());
    }

    @Test
    void emptyObject_hasNoBytes() throws IOException {
        server.put("films", "empty.mp4", new byte[0]);
        try (S3Files files = S3TestFiles.open(cache);
                RemoteSource source = files.open(address("films/empty.mp4"), "")) {
            assertEquals(0, source.size());
            assertEquals(-1, source.read(0, new byte[1], 0, 1));
        }
    }

    @Test
    void publicObject_needsNoCredentials() throws IOException {
        server.bucket("public");
        server.put("public", "film.mp4", FILM);
        server.publish("public", "film.mp4");
        try (S3Files files = new S3Files(
                        Settings.of(Map.of("cache_dir", cache.toString(), "s3_only_allowed_endpoints", "false")),
                        address -> true);
                RemoteSource source = files.open(address("public/film.mp4"), "")) {
            assertArrayEquals(FILM, S3TestFiles.readAll(source));
        }
        assertTrue(link.requests().stream().noneMatch(request -> request.contains("Authorization")));
    }

    private Refusal refused(String path, String credentials) throws IOException {
        try (S3Files files = S3TestFiles.open(cache, "aws_s3_credentials", credentials)) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(address(path), ""));
            String all = refused.getMessage() + refused.getCause();
            assertFalse(
                    all.contains(S3Server.SECRET)
                            || all.contains("wrongSecret")
                            || all.contains(S3Server.LOGIN)
                            || all.contains("wrongLogin"),
                    all);
            System.out.println("S3 refusal: " + refused.getMessage());
            return refused;
        }
    }

    @Test
    void noSuchKeyOrBucket_isFileNotFound() throws IOException {
        assertEquals(
                "File not found",
                refused("films/nothing.mp4", S3Server.CREDENTIALS).info());
        Refusal bucket = refused("nothing/film.mp4", S3Server.CREDENTIALS);
        assertEquals("File not found", bucket.info());
        assertTrue(bucket.getMessage().contains("no bucket nothing"), bucket.getMessage());
    }

    @Test
    void wrongSecret_saysSo() throws IOException {
        Refusal refused = refused("films/folder/film.mp4", "eu-central-1;" + S3Server.LOGIN + ";wrongSecret");
        assertEquals("Failed to read file", refused.info());
        assertTrue(
                refused.getMessage().contains("SignatureDoesNotMatch")
                        && refused.getMessage().contains("secret key"),
                refused.getMessage());
    }

    @Test
    void wrongLogin_saysSo() throws IOException {
        Refusal refused = refused("films/folder/film.mp4", "eu-central-1;wrongLogin;" + S3Server.SECRET);
        assertEquals("Failed to read file", refused.info());
        assertTrue(refused.getMessage().contains("access key"), refused.getMessage());
    }

    @Test
    void privateObjectWithoutCredentials_isDeniedWithAdvice() throws IOException {
        try (S3Files files = new S3Files(
                Settings.of(Map.of("cache_dir", cache.toString(), "s3_only_allowed_endpoints", "false")),
                address -> true)) {
            Refusal refused = assertThrows(Refusal.class, () -> files.open(address("films/folder/film.mp4"), ""));
            assertEquals("Failed to read file", refused.info());
            assertTrue(refused.getMessage().contains("aws_s3_credentials"), refused.getMessage());
        }
    }
}
