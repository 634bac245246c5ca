package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.SegmentPlayers.State;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.output.hls.playlist.PlaylistRules;
import org.reelcast.output.recording.ChangingSizes;
import org.reelcast.rendition.GeneratedMedia;
import org.reelcast.storage.s3.server.S3Server;

/** HLS of all kinds in all players there are: hls.js, Shaka and ffmpeg, against the rules. Runs with {@code -Pmatrix}. */
@E2e
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HlsMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Map<String, Object> SHAKA = Map.of("shaka", true);
    private static final int RATE = 25;

    private final Chromium chromium;
    private S3Server store;
    private ReelcastProcess ts;
    private ReelcastProcess mp4;

    @TempDir
    Path folder;

    HlsMatrixIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    void start(@TempDir Path stored) throws Exception {
        store = S3Server.start(stored);
        store.bucket("films");
        store.put("films", "irregular.mp4", TestMedia.irregular());
        ts = server("hls-ts", "ts");
        mp4 = server("hls-fmp4", "fmp4");
    }

    /** Its low-latency lists are long enough for delta updates. */
    private ReelcastProcess server(String name, String container) {
        ReelcastProcess server = ReelcastProcess.builder(name)
                .set("hls_container", container)
                .set("ll_hls_list_size", 80)
                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                .set("s3_endpoint", "http://127.0.0.1:" + store.port())
                .set("vod_live_loop", true)
                .set("vod_stream_timeout", 1500)
                .set("hls_manager_provider_timeout", 10)
                .start();
        TestMedia.put(TestMedia.irregular(), server, "irregular.mp4");
        TestMedia.put(TestMedia.withBFrames(), server, "b-frames.mp4");
        TestMedia.put(TestMedia.heavy(), server, "heavy.mp4");
        return server;
    }

    @AfterAll
    void stop() throws Exception {
        ts.close();
        mp4.close();
        store.close();
    }

    private ReelcastProcess of(String container) {
        return container.equals("ts") ? ts : mp4;
    }

    private static String url(ReelcastProcess server, String path) {
        return server.http("/hls" + path).toString();
    }

    /** Complaint 26 too: the film has a pyramid of B-frames. */
    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void loopsOfAnIrregularFilm_playInAllPlayers_plainAndInLowLatency(String container) throws IOException {
        ReelcastProcess server = of(container);
        String live = "/vod-live%3A%2F%2Firregular.mp4";
        playAll(server, live, 30 * RATE);
        playByFfmpeg(url(server, live + live + ".m3u8"));
        playByFfmpeg(url(server, live + "/live.m3u8"));
        String other = "/vod-live%3A%2F%2Firregular%2Emp4";
        HlsRules rules = new HlsRules(server);
        rules.assertLive(rules.uri(other + other + ".m3u8"), folder);
        rules.assertLive(rules.uri(other + "/live.m3u8"), folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void filmInS3_playsInAllPlayers(String container) throws IOException {
        ReelcastProcess server = of(container);
        String live = "/vod-live%3A%2F%2Fs3%2Ffilms%2Firregular.mp4";
        playAll(server, live, 12 * RATE);
        HlsRules rules = new HlsRules(server);
        rules.assertLive(rules.uri(live + live + ".m3u8"), folder);
        rules.assertLive(rules.uri(live + "/live.m3u8"), folder);
        rules.assertWhole(rules.uri("/vod/s3/films/irregular.mp4/media.m3u8"), folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ts", "fmp4"})
    void camera_playsInAllPlayers(String container) {
        ReelcastProcess server = of(container);
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "hls-" + container)) {
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            playAll(server, "/camera", 10 * RATE);
            camera.stop();
        }
    }

    /** @param name in its path, with its slash */
    private void playAll(ReelcastProcess server, String name, int frames) {
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "HlsMatrixIT")) {
            String plain = url(server, name + name + ".m3u8");
            String low = url(server, name + "/index.m3u8");
            List<Integer> all =
                    new ArrayList<>(List.of(players.open(plain), players.open(low), players.open(plain, SHAKA)));
            // of a list of less than three segments Shaka asks for one that is in the making, by no address
            players.await(all.get(1), LIMIT, now -> !now.isWithoutError() || now.frames() > 8 * RATE);
            all.add(players.open(low, SHAKA));
            List<String> bad = new ArrayList<>();
            for (int player : all) {
                State state = players.await(player, LIMIT, now -> !now.isWithoutError() || now.frames() > frames);
                System.out.println(name + ", player " + player + ": " + state);
                if (!state.isSmooth() || state.audioBytes() == 0) {
                    bad.add(player + ": " + state);
                }
            }
            assertEquals(List.of(), bad);
        }
    }

    /** Complaint 32: in two sample entries, and in one whose samples bring their parameter sets. */
    @ParameterizedTest
    @CsvSource({"ts, true", "fmp4, true", "ts, false", "fmp4, false"})
    void recordingThatChangesItsSize_playsOverTheChanges(String container, boolean inEntries) throws Exception {
        ReelcastProcess server = of(container);
        Path film = inEntries ? ChangingSizes.recorded(folder, 3) : MatrixGenerated.sizeChanges(true);
        String name = inEntries ? "entries.mp4" : "samples.mp4";
        TestMedia.put(film, server, name);
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "HlsMatrixIT-" + name)) {
            String index = url(server, "/vod/" + name + "/index.m3u8");
            String manifest = url(server, "/vod/" + name + "/manifest.mpd");
            for (Map.Entry<String, Map<String, Object>> each : List.of(
                    Map.entry(index, Map.<String, Object>of()), Map.entry(index, SHAKA), Map.entry(manifest, SHAKA))) {
                int player = players.open(each.getKey(), each.getValue());
                players.await(player, LIMIT, now -> now.width() == 640);
                State end = players.await(player, LIMIT, now -> now.ended() || !now.isWithoutError());
                System.out.println(name + ", whole, player " + player + ": " + end);
                assertTrue(end.isWithoutError() && end.ended(), end.toString());
                players.close(player);
            }
        }
        String live = "/vod-live%3A%2F%2F" + name;
        playAll(server, live, 20 * RATE);
        HlsRules rules = new HlsRules(server);
        rules.assertWhole(rules.uri("/vod/" + name + "/media.m3u8"), folder);
        ParsedPlaylist list = rules.list(rules.uri(live + "/live.m3u8"));
        PlaylistRules.assertLive(list);
        assertEquals(
                inEntries ? 2 : 1,
                list.whole().stream().map(ParsedPlaylist.Listed::map).distinct().count(),
                list.text);
        Path fetched = folder.resolve("fetched.ts");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-i",
                url(server, "/vod/" + name + "/index.m3u8"),
                "-c",
                "copy",
                fetched.toString()));
        assertEquals(
                Probe.decoded(film, "v:0").size(), Probe.decoded(fetched, "v:0").size());
    }

    private void playByFfmpeg(String url) throws IOException {
        String said = GeneratedMedia.run(
                List.of("ffmpeg", "-v", "warning", "-nostdin", "-i", url, "-t", "20", "-c", "copy", "-f", "null", "-"));
        assertEquals("", said.strip());
    }

    /** What is new alone is asked for, of a list of minutes. */
    @Test
    void deltaUpdates_playInHlsJs() {
        RestClient rest = new RestClient(ts);
        long startMs = System.currentTimeMillis() - 3_600_000;
        RestClient.Answer started = rest.post("/vod/startup", """
                {"uri": "vod-live://b-frames.mp4", "localStreamName": "long", "loop": true, "startTime": %d}""".formatted(startMs));
        assertEquals(200, started.status(), started.body());
        HlsRules rules = new HlsRules(ts);
        ParsedPlaylist list = rules.list(rules.uri("/long/live.m3u8"));
        assertEquals("12.0", list.control.get("CAN-SKIP-UNTIL"));
        assertTrue(list.whole().size() > 70, list.text);
        try (SegmentPlayers players = new SegmentPlayers(chromium, ts, "HlsMatrixIT-delta")) {
            int player = players.open(url(ts, "/long/index.m3u8"));
            State state = players.await(player, LIMIT, now -> now.frames() > 20 * 30);
            assertTrue(state.isSmooth(), state.toString());
            assertTrue(players.requests("_HLS_skip=").size() > 10, "no delta updates are asked for");
        }
        rest.post("/vod/terminate", "{\"localStreamName\": \"long\"}");
    }

    /** Each begins when the others do, so that Shaka, too, finds in one what it shows of another. */
    @Test
    void severalSizes_areChangedBetweenInShaka() {
        assertEquals(200, new RestClient(ts).post("/vod/startup", """
                {"uri": "vod-live://heavy.mp4", "localStreamName": "heavy", "loop": true}""").status());
        String name = "/heavy-HLS-ABR-STREAM";
        try (SegmentPlayers players = new SegmentPlayers(chromium, ts, "HlsMatrixIT-sizes")) {
            int player = players.open(url(ts, name + name + ".m3u8"), SHAKA);
            players.await(player, LIMIT, now -> !now.isWithoutError() || now.frames() > 60);
            for (int width : new int[] {426, 640, 426}) {
                players.resize(player, width);
                State state = players.await(player, LIMIT, now -> !now.isWithoutError() || now.width() == width);
                assertTrue(state.isWithoutError(), state.toString());
            }
        }
    }
}
