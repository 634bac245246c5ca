package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.e2e.harness.WebSdk;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** Films in an S3 store that checks signatures, over good and bad links, in Flashphoner's unmodified page. */
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3PlaybackIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration FILM_LIMIT = Duration.ofSeconds(90);

    /** The ways to get the bytes: a name and the settings. */
    private enum Way {
        DOWNLOAD_FIRST("vod_mp4_container_new", "false"),
        DOWNLOAD_WHILE_PLAYING("vod_mp4_container_new", "true", "vod_mp4_container_new_buffer_ms", "2000"),
        RANGES;

        private final List<String> settings;

        Way(String... settings) {
            this.settings = List.of(settings);
        }
    }

    private final Chromium chromium;
    private final Map<Way, ReelcastProcess> servers = new EnumMap<>(Way.class);
    private S3Server store;
    private SlowLink link;

    S3PlaybackIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void startStore(@TempDir Path folder) throws Exception {
        store = S3Server.start(folder);
        link = new SlowLink(store.port());
        store.bucket("films");
        store.put("films", "folder/brief film.mp4", TestMedia.brief());
        store.put("films", "heavy.mp4", TestMedia.heavy());
        store.put("films", "index-last.mp4", TestMedia.indexLast());
    }

    @AfterEach
    void openLink() {
        link.rate(Long.MAX_VALUE);
    }

    @AfterAll
    void stop() throws Exception {
        servers.values().forEach(ReelcastProcess::close);
        link.close();
        store.close();
    }

    /** One server for each way, started when it is first needed. */
    private ReelcastProcess server(Way way) {
        return servers.computeIfAbsent(way, this::start);
    }

    private ReelcastProcess start(Way way) {
        ReelcastProcess.Builder server = ReelcastProcess.builder("s3-" + way)
                .set("client2_dir", WebSdk.folder())
                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                .set("s3_endpoint", "http://127.0.0.1:" + link.port())
                .set("s3_retries", "2");
        for (int i = 0; i < way.settings.size(); i += 2) {
            server.set(way.settings.get(i), way.settings.get(i + 1));
        }
        return server.start();
    }

    private String address(String object) {
        return "s3/http://127.0.0.1:" + link.port() + "/" + object;
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void playsLikeALocalFilm(Way way) {
        String key = "films/folder/brief%20film.mp4";
        for (String stream : List.of("vod://s3/" + key, "vod://" + address(key), "vod-live://s3/" + key,
                "vod-live://" + address(key))) {
            play(server(way), stream, TestMedia.brief());
        }
    }

    @Test
    void indexAtTheEnd_playsByRanges() {
        play(server(Way.RANGES), "vod://s3/films/index-last.mp4", TestMedia.indexLast());
    }

    @Test
    void indexAtTheEnd_isRefusedWhileDownloading() {
        ReelcastProcess server = server(Way.DOWNLOAD_WHILE_PLAYING);
        try (Viewers viewers = new Viewers(chromium, server)) {
            assertFailed(viewers, "vod://s3/films/index-last.mp4", "File has wrong format");
            assertTrue(server.log().contains("-movflags +faststart"), server.log());
        }
    }

    @Test
    void whatCannotBeHad_failsWithItsReason_andNoKeyIsTold() {
        ReelcastProcess server = server(Way.RANGES);
        try (Viewers viewers = new Viewers(chromium, server)) {
            assertFailed(viewers, "vod://s3/films/nothing.mp4", "File not found");
            assertFailed(viewers, "vod-live://s3/nothing/heavy.mp4", "File not found");
            // the port of the store itself is not on any list, and it is not at a public address
            assertFailed(viewers, "vod://s3/http://127.0.0.1:" + store.port() + "/films/heavy.mp4",
                    "Failed to read file");
        }
        String log = server.log();
        assertTrue(log.contains("s3_allowed_endpoints"), log);
        assertTrue(!log.contains(S3Server.SECRET) && !log.contains(S3Server.LOGIN), "a key is in the log");
    }

    @Test
    void twoHours_startAfterLittle() throws IOException {
        Path film = TestMedia.twoHours();
        store.put("films", "two-hours.mp4", film);
        try (Viewers viewers = new Viewers(chromium, server(Way.RANGES))) {
            long size = Files.size(film);
            long before = link.bytesDown();
            int viewer = viewers.play("vod://s3/films/two-hours.mp4");
            viewers.awaitFrames(viewer, 1);
            long fetched = link.bytesDown() - before;
            System.out.printf("Two hours, %.0f MB, index at the end: %.2f MB (%.2f %%) fetched at the first frame%n",
                    size / 1e6, fetched / 1e6, 100.0 * fetched / size);
            assertTrue(fetched < size / 50, fetched + " of " + size);
        }
    }

    private void play(ReelcastProcess server, String stream, Path film) {
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.FLASHPHONER, "s3")) {
            player.start(stream);
            player.awaitStatus("PLAYING", START_LIMIT);
            player.awaitStatus("STOPPED", FILM_LIMIT);
            assertAsFromDisk(stream, player.measured().newestPeer(), film);
        }
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(10));
    }

    /** The same share of frames as a local film must have; how smooth those play is for other tests to say. */
    private static void assertAsFromDisk(String stream, PeerStats stats, Path film) {
        int frames = TestMedia.frames(film);
        System.out.printf("%s: %d of %d frames, %d freezes%n", stream, stats.framesDecoded(), frames, stats.freezes());
        assertTrue(stats.framesDecoded() >= 0.95 * frames, stats.toString());
        assertTrue(stats.audioEnergy() > 0, stats.toString());
        assertEquals(0, stats.packetsLost(), stats.toString());
    }

    private static void assertFailed(Viewers viewers, String stream, String info) {
        int viewer = viewers.join(stream);
        assertEquals(info, viewers.awaitStatus(viewer, "FAILED").info(), stream);
    }

    /** The link is twice as fast as the film: it plays long before it is here, and does not stop. */
    @ParameterizedTest
    @EnumSource(value = Way.class, names = "DOWNLOAD_FIRST", mode = EnumSource.Mode.EXCLUDE)
    void fastLink_playsLongBeforeAllIsHere(Way way) throws IOException {
        ReelcastProcess server = server(way);
        String key = "heavy-fast-" + way + ".mp4";
        Path film = TestMedia.heavy();
        store.put("films", key, film);
        link.rate(2 * rate(film));
        long before = link.bytesDown();
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.FLASHPHONER, "s3-fast-link")) {
            player.start("vod://s3/films/" + key);
            player.awaitStatus("PLAYING", START_LIMIT);
            player.measured().awaitFrames(1);
            long fetched = link.bytesDown() - before;
            System.out.printf("%s over a link of twice its bitrate: %d of %d bytes fetched at the first frame; REST "
                    + "says %s%n", key, fetched, Files.size(film), download(server));
            assertTrue(fetched < Files.size(film) / 2, fetched + " of " + Files.size(film));
            assertEquals(Files.size(film), download(server).get("size").getAsLong());
            player.awaitStatus("STOPPED", FILM_LIMIT);
            assertAsFromDisk(key, player.measured().newestPeer(), film);
        }
    }

    private static JsonObject download(ReelcastProcess server) {
        return new RestClient(server).get("/vod/find_all").array().get(0).getAsJsonObject().getAsJsonObject("download");
    }

    /** The link is half as fast as the film: it waits and goes on, whole and in sync. */
    @ParameterizedTest
    @EnumSource(value = Way.class, names = "DOWNLOAD_FIRST", mode = EnumSource.Mode.EXCLUDE)
    void slowLink_playingWaitsAndGoesOn(Way way) throws IOException {
        ReelcastProcess server = server(way);
        String key = "heavy-slow-" + way + ".mp4";
        Path film = TestMedia.heavy();
        store.put("films", key, film);
        link.rate(rate(film) / 2);
        long start = System.nanoTime();
        try (PlayerPage player = new PlayerPage(chromium, server, PlayerPage.FLASHPHONER, "s3-slow-link")) {
            player.start("vod://s3/films/" + key);
            player.awaitStatus("PLAYING", START_LIMIT);
            player.awaitStatus("STOPPED", FILM_LIMIT);
            PeerStats stats = player.measured().newestPeer();
            System.out.printf("%s over a link of half its bitrate: %.1f s for 16 s, %d of %d frames, %d freezes, sound "
                    + "%.0f ms ahead of the picture%n", key, (System.nanoTime() - start) / 1e9, stats.framesDecoded(),
                    TestMedia.frames(film), stats.freezes(), stats.lipSyncMs());
            assertTrue(stats.freezes() > 0, "it had to wait");
            assertEquals(0, stats.packetsLost());
            assertEquals(TestMedia.frames(film), stats.framesReceived(), "a frame is lost or was sent again");
            assertTrue(stats.framesDecoded() >= 0.95 * TestMedia.frames(film), stats.toString());
            assertTrue(Math.abs(stats.lipSyncMs()) <= 60, stats.toString());
        }
    }

    @Test
    void objectChangedUnderWay_endsTheStreamWithItsReason() throws IOException {
        ReelcastProcess server = server(Way.RANGES);
        Path film = TestMedia.heavy();
        store.put("films", "changing.mp4", film);
        link.rate(2 * rate(film));
        try (Viewers viewers = new Viewers(chromium, server)) {
            int viewer = viewers.play("vod://s3/films/changing.mp4");
            viewers.awaitFrames(viewer, 10);
            store.put("films", "changing.mp4", TestMedia.flashAndBeep());
            assertEquals("Got exception while streaming file", viewers.awaitStatus(viewer, "FAILED").info());
        }
        assertTrue(server.log().contains("was changed in the store"), server.log());
    }

    /** Bytes a second of play. */
    private static long rate(Path film) throws IOException {
        return Files.size(film) / 16;
    }
}
