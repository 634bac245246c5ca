package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.e2e.S3Servers.Way;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Cases;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightViewer;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.e2e.harness.WebSdk;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.storage.s3.Certificates;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;
import org.reelcast.webrtc.client.ClientNetwork;

/** Films in an S3 store that checks signatures, over good and bad links, in Flashphoner's unmodified page. */
@E2e
@BesideOthers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilmsInS3IT {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration FILM_LIMIT = Duration.ofSeconds(90);
    private static final int HEAVY_SECONDS = 10;
    private static final int CROWD = 100;
    private static final String TRUST = "javax.net.ssl.trustStore=";

    private final Chromium chromium;
    private S3Servers sides;
    private S3Server store;
    private S3Server tlsStore;
    private int comings;

    FilmsInS3IT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.make(folder);
        tlsStore = S3Server.startTls(folder.resolve("tls"), certificates.keystore());
        store = S3Server.start(folder.resolve("store"));
        tlsStore.bucket("films");
        tlsStore.put("films", "brief.mp4", TestMedia.brief());
        store.bucket("films");
        store.put("films", "folder/brief film.mp4", TestMedia.brief());
        store.put("films", "heavy.mp4", TestMedia.heavy());
        store.put("films", "index-last.mp4", TestMedia.indexLast());
        WebSdk.folder();
        sides = new S3Servers(store, tlsStore, certificates);
    }

    @AfterEach
    void openLinks() {
        sides.openLinks();
    }

    @AfterAll
    void stop() throws Exception {
        sides.close();
        store.close();
        tlsStore.close();
    }

    private static List<Way> ways() {
        return Cases.choose(List.of(Way.values()), List.of(Way.RANGES));
    }

    private static List<Way> whilePlaying() {
        return List.of(Way.DOWNLOAD_WHILE_PLAYING, Way.RANGES);
    }

    private ReelcastProcess server(Way way) {
        return sides.get(way).server();
    }

    /** Each way a personal and a shared stream, by both forms of name; and by TLS where its authority is known. */
    @ParameterizedTest
    @MethodSource("ways")
    void playsLikeALocalFilm(Way way) {
        String key = "films/folder/brief%20film.mp4";
        String object = "s3/" + key;
        String address = sides.get(way).address(key);
        List<String> streams =
                switch (way) {
                    case DOWNLOAD_FIRST -> List.of("vod://" + object, "vod-live://" + address, overTls());
                    case DOWNLOAD_WHILE_PLAYING -> List.of("vod://" + address, "vod-live://" + object, overTls());
                    case RANGES -> List.of("vod://" + object, "vod-live://" + address, "vod://s3/films/index-last.mp4");
                };
        play(way, streams, TestMedia.brief());
    }

    private String overTls() {
        return "vod://s3/https://127.0.0.1:" + tlsStore.port() + "/films/brief.mp4";
    }

    @Test
    void authorityNobodyKnows_isRefused_andJavasOwnAreTrusted() throws IOException {
        ReelcastProcess server = server(Way.RANGES);
        try (Viewers viewers = new Viewers(chromium, server)) {
            assertFailed(viewers, overTls(), "Failed to read file");
        }
        assertTrue(server.log().contains("put its authority into s3_ca_file"), server.log());
        // Payara Micro takes a copy of what it is to trust
        String trusted = server.jcmd("VM.system_properties")
                .lines()
                .filter(line -> line.startsWith(TRUST))
                .findAny()
                .orElseThrow()
                .substring(TRUST.length());
        assertEquals(
                -1,
                Files.mismatch(
                        Path.of(trusted), Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")),
                trusted);
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
            assertFailed(
                    viewers, "vod://s3/http://127.0.0.1:" + store.port() + "/films/heavy.mp4", "Failed to read file");
        }
        String log = server.log();
        assertTrue(log.contains("s3_allowed_endpoints"), log);
        assertTrue(!log.contains(S3Server.SECRET) && !log.contains(S3Server.LOGIN), "a key is in the log");
    }

    @Test
    void twoHours_startAfterLittle() throws IOException {
        Path film = TestMedia.twoHours();
        store.put("films", "two-hours.mp4", film);
        SlowLink link = sides.get(Way.RANGES).link();
        try (Viewers viewers = new Viewers(chromium, server(Way.RANGES))) {
            long size = Files.size(film);
            long before = link.bytesDown();
            viewers.awaitFrames(viewers.play("vod://s3/films/two-hours.mp4"), 1);
            long fetched = link.bytesDown() - before;
            System.out.printf(
                    "Two hours, %.0f MB, index at the end: %.2f MB (%.2f %%) fetched at the first frame%n",
                    size / 1e6, fetched / 1e6, 100.0 * fetched / size);
            assertTrue(fetched < size / 50, fetched + " of " + size);
        }
    }

    /** Two hours as HLS: the index and the segment that is asked for come from the store, and nothing else. */
    @Test
    void wholeFilmByHls_fetchesTheIndexAndTheSegmentAskedForAlone() throws IOException {
        Path film = TestMedia.twoHours();
        store.put("films", "two-hours-hls.mp4", film);
        SlowLink link = sides.get(Way.RANGES).link();
        HlsRules rules = new HlsRules(server(Way.RANGES));
        URI uri = rules.uri("/vod/s3/films/two-hours-hls.mp4/media.m3u8");
        long before = link.bytesDown();
        ParsedPlaylist list = rules.list(uri);
        PlaylistRules.assertWhole(list);
        assertEquals(Probe.duration(film), list.lengthUs() / 1e6, 0.1);
        long index = link.bytesDown() - before;
        int segment = rules.get(
                        uri.resolve(list.whole().get(list.whole().size() - 2).uri()))
                .body()
                .length;
        long fetched = link.bytesDown() - before - index;
        System.out.printf(
                "Two hours by HLS, %.0f MB: %.2f MB for the playlist, %.2f MB for a segment of %.2f MB%n",
                Files.size(film) / 1e6, index / 1e6, fetched / 1e6, segment / 1e6);
        assertTrue(index < Files.size(film) / 50, index + " of " + Files.size(film));
        assertTrue(fetched < segment + 4_000_000, fetched + " for " + segment);
    }

    /** Each has a stream of its own; what is read of the film comes from the store once. */
    @ParameterizedTest
    @MethodSource("ways")
    void hundredViewers_causeOneDownload(Way way) throws IOException {
        Path film = TestMedia.lengthy();
        store.put("films", "crowd.mp4", film);
        SlowLink link = sides.get(way).link();
        long before = link.bytesDown();
        int requestsBefore = link.requests().size();
        List<LightViewer> viewers = new ArrayList<>();
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1))) {
            try {
                for (int i = 0; i < CROWD; i++) {
                    viewers.add(new LightViewer(network, server(way), "vod://s3/films/crowd.mp4"));
                }
                viewers.forEach(LightViewer::awaitPlaying);
                assertEquals(
                        CROWD,
                        new RestClient(server(way)).get("/vod/find_all").array().size());
            } finally {
                viewers.forEach(LightViewer::close);
            }
        }
        long fetched = link.bytesDown() - before;
        int requests = link.requests().size() - requestsBefore;
        System.out.printf(
                "%s: %d viewers, %d of %d bytes and %d heads of answers came from the store%n",
                way, CROWD, fetched, Files.size(film), requests);
        assertTrue(fetched < Files.size(film) + requests * 1000L, fetched + " bytes, " + requests + " requests");
        new RestClient(server(way)).awaitNoStreams(Duration.ofSeconds(20));
    }

    /** Plays names of a film, or of films as long, side by side, each in a page of its own. */
    private void play(Way way, List<String> streams, Path film) {
        Map<String, PlayerPage> pages = new LinkedHashMap<>();
        try {
            for (String stream : streams) {
                PlayerPage page = new PlayerPage(chromium, server(way), PlayerPage.FLASHPHONER, "s3-" + pages.size());
                pages.put(stream, page);
                page.start(stream);
            }
            pages.forEach((stream, page) -> {
                page.awaitStatus("STOPPED", FILM_LIMIT);
                assertAsFromDisk(stream, page.measured().newestPeer(), film);
            });
        } finally {
            pages.values().forEach(PlayerPage::close);
        }
        new RestClient(server(way)).awaitNoStreams(Duration.ofSeconds(10));
    }

    /** The same share of frames as a local film must have; how smooth those play is for tests that have the machine to themselves. */
    private static void assertAsFromDisk(String stream, PeerStats stats, Path film) {
        int frames = TestMedia.frames(film);
        System.out.printf("%s: %d of %d frames, %d freezes%n", stream, stats.framesReceived(), frames, stats.freezes());
        assertTrue(stats.framesReceived() >= 0.95 * frames, stats.toString());
        assertTrue(stats.audioEnergy() > 0, stats.toString());
        assertEquals(0, stats.packetsLost(), stats.toString());
    }

    private static void assertFailed(Viewers viewers, String stream, String info) {
        int viewer = viewers.join(stream);
        assertEquals(info, viewers.awaitStatus(viewer, "FAILED").info(), stream);
    }

    private void put(String key, Path film) {
        try {
            store.put("films", key, film);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A film over a link of that rate, played in both ways that play it before it is here, side by side. */
    private void playWhileItComes(
            long rate, BiConsumer<Way, PlayerPage> duringPlay, BiConsumer<Way, PlayerPage> afterwards) {
        String key = "heavy-" + ++comings + ".mp4";
        put(key, TestMedia.heavy());
        Map<Way, PlayerPage> pages = new EnumMap<>(Way.class);
        try {
            for (Way way : whilePlaying()) {
                sides.get(way).link().rate(rate);
                pages.put(way, new PlayerPage(chromium, server(way), PlayerPage.FLASHPHONER, "s3-" + way));
                pages.get(way).start("vod://s3/films/" + key);
                duringPlay.accept(way, pages.get(way));
            }
            pages.forEach((way, page) -> {
                page.awaitStatus("STOPPED", FILM_LIMIT);
                afterwards.accept(way, page);
            });
        } finally {
            pages.values().forEach(PlayerPage::close);
        }
    }

    /** The link is twice as fast as the film: it plays long before it is here, and does not stop. */
    @Test
    void fastLink_playsLongBeforeAllIsHere() throws IOException {
        long size = Files.size(TestMedia.heavy());
        playOverFastLink(size);
    }

    private void playOverFastLink(long size) {
        Map<Way, Long> before = new EnumMap<>(Way.class);
        for (Way way : whilePlaying()) {
            before.put(way, sides.get(way).link().bytesDown());
        }
        playWhileItComes(
                2 * size / HEAVY_SECONDS,
                (way, page) -> {
                    page.awaitStatus("PLAYING", START_LIMIT);
                    page.measured().awaitFrames(1);
                    long fetched = sides.get(way).link().bytesDown() - before.get(way);
                    JsonObject download = download(server(way));
                    System.out.printf(
                            "%s over a link of twice the bitrate: %d of %d bytes fetched at the first frame; REST "
                                    + "says %s%n",
                            way, fetched, size, download);
                    assertTrue(fetched < size / 2, fetched + " of " + size);
                    assertEquals(size, download.get("size").getAsLong());
                },
                (way, page) ->
                        assertAsFromDisk(way + ", fast link", page.measured().newestPeer(), TestMedia.heavy()));
    }

    private static JsonObject download(ReelcastProcess server) {
        return new RestClient(server)
                .get("/vod/find_all")
                .array()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("download");
    }

    /** The link is half as fast as the film: it waits and goes on, whole; in sync, where the browser has time for that. */
    @Test
    void slowLink_playingWaitsAndGoesOn() throws IOException {
        long rate = Files.size(TestMedia.heavy()) / HEAVY_SECONDS / 2;
        playOverSlowLink(rate);
    }

    private void playOverSlowLink(long rate) {
        long start = System.nanoTime();
        int frames = TestMedia.frames(TestMedia.heavy());
        playWhileItComes(rate, (way, page) -> {}, (way, page) -> {
            PeerStats stats = page.measured().newestPeer();
            System.out.printf(
                    "%s over a link of half the bitrate: %.1f s for %d s, %d of %d frames, "
                            + "%d freezes, sound %.0f ms ahead of the picture%n",
                    way,
                    (System.nanoTime() - start) / 1e9,
                    HEAVY_SECONDS,
                    stats.framesDecoded(),
                    frames,
                    stats.freezes(),
                    stats.lipSyncMs());
            assertTrue(stats.freezes() > 0, "it had to wait");
            assertEquals(0, stats.packetsLost());
            assertEquals(frames, stats.framesReceived(), "a frame is lost or was sent again");
            assertTrue(!Cases.all() || Math.abs(stats.lipSyncMs()) <= 60, stats.toString());
        });
    }

    @Test
    void objectChangedUnderWay_endsTheStreamWithItsReason() throws IOException {
        ReelcastProcess server = server(Way.RANGES);
        Path film = TestMedia.heavy();
        store.put("films", "changing.mp4", film);
        sides.get(Way.RANGES).link().rate(2 * Files.size(film) / HEAVY_SECONDS);
        try (Viewers viewers = new Viewers(chromium, server)) {
            int viewer = viewers.play("vod://s3/films/changing.mp4");
            viewers.awaitFrames(viewer, 10);
            store.put("films", "changing.mp4", TestMedia.flashAndBeep());
            assertEquals(
                    "Got exception while streaming file",
                    viewers.awaitStatus(viewer, "FAILED").info());
        }
        assertTrue(server.log().contains("was changed in the store"), server.log());
    }
}
