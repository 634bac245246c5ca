package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.SegmentPlayers.DatedFrame;
import org.reelcast.e2e.harness.SegmentPlayers.State;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.mp4.write.Probe;
import org.reelcast.output.hls.playlist.ParsedPlaylist;
import org.reelcast.rendition.GeneratedMedia;

/** HLS and DASH of films, against the rules, in hls.js and Shaka, and in ffmpeg. */
@BesideOthers
@E2e
class HlsIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ReelcastProcess server;
    private final Chromium chromium;
    private final RestClient rest;
    private final HlsRules rules;

    @TempDir
    Path folder;

    HlsIT(ReelcastProcess server, Chromium chromium) {
        this.server = server;
        this.chromium = chromium;
        this.rest = new RestClient(server);
        this.rules = new HlsRules(server);
    }

    @BeforeEach
    void putFilms() {
        TestMedia.put(TestMedia.irregular(), server, "hls/irregular.mp4");
        TestMedia.put(TestMedia.numbered(), server, "hls/numbered.mp4");
        TestMedia.put(TestMedia.withBFrames(), server, "hls/b-frames.mp4");
    }

    @AfterEach
    void endStreams() {
        RestClient.Answer delivered = rest.post("/hls/find_all", "");
        if (delivered.status() == 200) {
            assertTrue(delivered.body().startsWith("[\""), delivered.body());
            delivered.array().forEach(name -> rest.post("/hls/terminate", "{\"name\": " + name + "}"));
        }
        // their last lists would stay for those who come late, and so would their films
        for (String ended : List.of("hls-film", "vod-live://brief.mp4", "vod-live://audio-only.mp4")) {
            rest.post("/hls/terminate", "{\"name\": \"" + ended + "\"}");
        }
        rest.post("/vod/terminate", "{\"localStreamName\": \"hls-film\"}");
        rest.awaitNoStreams(LIMIT);
    }

    /** A looped broadcast named {@code hls-film}. @return when its first picture is shown, in ms since 1970 */
    private long start(String film) {
        long startMs = System.currentTimeMillis();
        RestClient.Answer answer = rest.post("/vod/startup", """
                {"uri": "vod-live://%s", "localStreamName": "hls-film", "loop": true, "startTime": %d}""".formatted(film, startMs));
        assertEquals(200, answer.status(), answer.body());
        Await.until(
                LIMIT, () -> rules.get(rules.uri("/hls-film/hls-film.m3u8")).statusCode() == 200, server::lastWords);
        return startMs;
    }

    private String url(String path) {
        return rules.uri(path).toString();
    }

    @Test
    void loopedBroadcast_keepsTheRules() throws IOException {
        start("hls/irregular.mp4");
        // past the seam
        Await.until(
                LIMIT,
                () -> rules.list(rules.uri("/hls-film/hls-film.m3u8")).whole().size() > 5,
                server::lastWords);
        ParsedPlaylist plain = rules.assertLive(rules.uri("/hls-film/hls-film.m3u8"), folder);
        ParsedPlaylist low = rules.assertLive(rules.uri("/hls-film/live.m3u8"), folder);
        assertTrue(plain.whole().get(0).uri().endsWith(".ts") && low.partTargetUs == 482_000, low.text);
        String index = new String(rules.get(rules.uri("/hls-film/index.m3u8")).body(), StandardCharsets.UTF_8);
        assertTrue(
                index.matches("(?s).*BANDWIDTH=\\d+,AVERAGE-BANDWIDTH=\\d+,CODECS=\"avc1.64[0-9a-f]{4},mp4a.40.2\","
                        + "RESOLUTION=320x180,FRAME-RATE=25.000\nlive.m3u8\n"),
                index);
    }

    /** Both forms of the URI's name; sound alone has parts too. */
    @Test
    void broadcastOpenedByItsUri_keepsTheRules() throws IOException {
        for (String form : List.of("vod-live%3A%2F%2Faudio-only.mp4", "vod-live%3A%2F%2Faudio-only%2Emp4")) {
            ParsedPlaylist list = rules.list(rules.uri("/" + form + "/" + form + ".m3u8"));
            assertTrue(list.whole().size() >= 2, list.text);
        }
        rules.assertLive(rules.uri("/vod-live%3A%2F%2Faudio-only.mp4/live.m3u8"), folder);
    }

    /** Complaints 24, 25, 27: what is fetched of a whole film are its own packets. */
    @ParameterizedTest
    @CsvSource({
        "hls/b-frames.mp4, 0.04",
        "hls/irregular.mp4, 0.05",
        "hls/numbered.mp4, 0.1",
        "audio-only.mp4, 0.03",
        "with%20space.mp4, 0.07"
    })
    void wholeFilm_isTheFilm(String name, double frame) throws IOException {
        ParsedPlaylist list = rules.assertWhole(rules.uri("/vod/" + name + "/media.m3u8?token=x"), folder);
        assertTrue(list.uris().stream().allMatch(uri -> uri.endsWith("?token=x")), list.text);
        Path film = server.mediaDir().resolve(name.replace("%20", " "));
        assertEquals(Probe.duration(film), list.lengthUs() / 1e6, frame);
        Path fetched = folder.resolve("fetched.mp4");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-i",
                url("/vod/" + name + "/index.m3u8"),
                "-c",
                "copy",
                fetched.toString()));
        for (String track : List.of("v:0", "a:0")) {
            assertEquals(Probe.hashes(film, track), Probe.hashes(fetched, track), track);
        }
    }

    /** Complaint 22. */
    @Test
    void flashAndBeep_areTogether() throws IOException {
        start("flash.mp4");
        Path film = server.mediaDir().resolve("flash.mp4");
        FlashAndBeep.assertInSync("the film", film, film, 10);
        Path whole = fetched("/vod/flash.mp4/media.m3u8", "whole.mp4");
        FlashAndBeep.assertInSync("the whole film", whole, whole, 10);
        URI manifest = rules.uri("/vod/flash.mp4/manifest.mpd");
        FlashAndBeep.assertInSync("DASH", dashTrack(manifest, 0), dashTrack(manifest, 1), 10);
        // over the seam
        Await.until(
                LIMIT,
                () -> rules.list(rules.uri("/hls-film/hls-film.m3u8")).whole().size() > 6,
                server::lastWords);
        Path plain = fetched("/hls-film/hls-film.m3u8", "plain.ts");
        FlashAndBeep.assertInSync("MPEG-TS", plain, plain, 8);
        Path low = fetched("/hls-film/live.m3u8", "low.mp4");
        FlashAndBeep.assertInSync("low latency", low, low, 2);
    }

    private Path fetched(String list, String name) throws IOException {
        ParsedPlaylist parsed = rules.list(rules.uri(list));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!parsed.whole().get(0).map().isEmpty()) {
            all.writeBytes(
                    rules.get(rules.uri(list).resolve(parsed.whole().get(0).map()))
                            .body());
        }
        parsed.whole()
                .forEach(segment -> all.writeBytes(
                        rules.get(rules.uri(list).resolve(segment.uri())).body()));
        return Files.write(folder.resolve(name), all.toByteArray());
    }

    /** All segments of one of the manifest's tracks. */
    private Path dashTrack(URI manifest, int track) throws IOException {
        HttpResponse<byte[]> answer = rules.get(manifest);
        assertEquals("application/dash+xml", HlsRules.header(answer, "Content-Type"));
        // complaint 34: players go by it
        assertFalse(HlsRules.header(answer, "Date").isEmpty());
        String set = new String(answer.body(), StandardCharsets.UTF_8).split("<AdaptationSet")[track + 1];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(rules.get(manifest.resolve(set.replaceAll("(?s).*initialization=\"(.*?)\".*", "$1")))
                .body());
        String media = set.replaceAll("(?s).*media=\"(.*?)\".*", "$1");
        for (int number = 0; ; number++) {
            HttpResponse<byte[]> segment = rules.get(manifest.resolve(media.replace("$Number$", "" + number)));
            if (segment.statusCode() == 404) {
                return Files.write(folder.resolve("track" + track + ".mp4"), all.toByteArray());
            }
            all.writeBytes(segment.body());
        }
    }

    /** Over the seam in hls.js; complaint 10 in short. */
    @Test
    void loopedIrregularBroadcast_playsPlainAndInLowLatency() {
        start("hls/irregular.mp4");
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-looped")) {
            int plain = players.open(url("/hls-film/hls-film.m3u8"));
            int low = players.open(url("/hls-film/index.m3u8"));
            players.await(plain, LIMIT, state -> state.time() > 0 && state.frames() > 12 * 25);
            State first = players.state(plain);
            State second = players.await(low, LIMIT, state -> state.frames() > 12 * 25);
            System.out.println("hls.js, plain: " + first + "\nlow latency: " + second);
            assertTrue(first.isSmooth() && second.isSmooth(), first + "\n" + second);
            assertTrue(first.audioBytes() > 0 && second.audioBytes() > 0);
            assertTrue(second.latency() > 0 && second.latency() < 3, second.toString());
            assertTrue(second.behindMs() < 2_500 && second.behindMs() > -1_000, second.toString());
        }
    }

    /** Complaint 30: at the film's end players say so, and ask no more. Complaint 18: they start at once. */
    @Test
    void filmsEnd_endsPlayersOfAllForms() {
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-end")) {
            String live = "/vod-live%3A%2F%2Fbrief.mp4";
            int plain = players.open(url(live + live + ".m3u8"));
            int low = players.open(url(live + "/index.m3u8"));
            int whole = players.open(url("/vod/brief.mp4/index.m3u8"));
            int dash = players.open(url("/vod/brief.mp4/manifest.mpd"));
            for (int player : new int[] {plain, low, whole, dash}) {
                State state = players.await(player, LIMIT, State::ended);
                System.out.println("The end of a film: " + state);
                assertTrue(
                        state.isSmooth()
                                || player == dash
                                        && state.json()
                                                .get("errors")
                                                .getAsJsonArray()
                                                .isEmpty(),
                        state.toString());
            }
            assertEquals(60, players.state(whole).frames(), 1);
            assertTrue(players.state(dash).frames() >= 59, players.state(dash).toString());
            int lists = players.state(plain).lists() + players.state(low).lists();
            Await.pause(Duration.ofSeconds(3));
            assertEquals(
                    lists, players.state(plain).lists() + players.state(low).lists());
        }
    }

    /** Complaint 24. */
    @Test
    void seeks_landOnThePictureOfThatTime() {
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-seek")) {
            int player = players.open(url("/vod/hls/numbered.mp4/index.m3u8"));
            players.await(player, LIMIT, state -> state.frames() > 2);
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                double seconds = (i * 7 % 20) * 0.49 + 0.05;
                int number = players.seek(player, seconds);
                if (Math.abs(number / 10.0 + 0.05 - seconds) > 0.1) {
                    wrong.add(number + " at " + seconds);
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(
                    players.state(player).json().get("errors").getAsJsonArray().isEmpty());
        }
    }

    /** Complaint 15: by EXT-X-PROGRAM-DATE-TIME each picture is shown when WebRTC's viewers see it. */
    @Test
    void dates_areThoseOfTheBroadcast_beside_WebRtc() {
        long startMs = start("hls/numbered.mp4");
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-dates");
                Viewers viewers = new Viewers(chromium, server)) {
            int viewer = viewers.play("hls-film");
            int player = players.open(url("/hls-film/index.m3u8"));
            players.await(player, LIMIT, state -> state.frames() > 20);
            viewers.awaitFrames(viewer, 15);
            List<DatedFrame> frames = players.dated(player, 15);
            Viewers.Shown shown = viewers.shown(viewer);
            double behind = inPass(shown.atMs() - startMs - shown.numbers().get(0) * 100.0);
            List<Double> apart = frames.stream()
                    .map(frame -> inPass(frame.dateMs() - startMs - frame.number() * 100.0))
                    .toList();
            System.out.println("Dates of HLS less those of the broadcast, ms: " + apart + "; WebRTC is behind by "
                    + behind + " ms, HLS by "
                    + frames.stream()
                            .map(frame -> frame.shownMs() - frame.dateMs())
                            .toList());
            assertTrue(apart.stream().allMatch(ms -> Math.abs(ms) <= 50), apart.toString());
            assertTrue(behind >= -50 && behind < 500, "behind " + behind);
        }
    }

    /** As a time from half a pass before to half a pass after. */
    private static double inPass(double ms) {
        double pass = 10_000;
        double in = (ms % pass + pass) % pass;
        return in > pass / 2 ? in - pass : in;
    }

    /** Each with its status, a sentence, and headers that let a page of another origin read it. Complaint 12. */
    @ParameterizedTest
    @CsvSource({
        "/none/none.m3u8, 404",
        "/vod-live%3A%2F%2Fnone.mp4/vod-live%3A%2F%2Fnone.mp4.m3u8, 404",
        "/vod%3A%2F%2Fbrief.mp4/vod%3A%2F%2Fbrief.mp4.m3u8, 403",
        "/vod/none.mp4/index.m3u8, 404",
        "/vod/..%2Foutside.mp4/index.m3u8, 404",
        "/vod/../outside.mp4/index.m3u8, 404",
        "/vod/%2E%2E/outside.mp4/index.m3u8, 404",
        "/vod/link-to-outside.mp4/index.m3u8, 404",
        "/vod-live%3A%2F%2F..%2Foutside.mp4/index.m3u8, 404",
        "/vod/text.mp4/index.m3u8, 415",
        "/vod/empty.mp4/index.m3u8, 415",
        "/vod/foreign-video.mp4/index.m3u8, 415",
        "/vod/truncated-before-index.mp4/index.m3u8, 500",
        "/vod/brief.mp4/other.m3u8, 404",
        "/vod/brief.mp4/00000000-1.m4s, 404",
        "/none/none-1.ts, 404",
        "//, 404",
        "/, 404",
        "/none, 404",
        "/vod/brief.mp4/, 404",
        "///, 404",
        "/s3%3A%2F%2Fx/index.m3u8, 404"
    })
    void whatIsNotThere_isToldInASentence(String path, int status) {
        HttpResponse<byte[]> answer = rules.get(rules.uri(path));
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(status, answer.statusCode(), path + " " + text);
        assertTrue(text.matches("(?s)[A-Z].*\\S.*\n"), path + " " + text);
        assertEquals("no-store", HlsRules.header(answer, "Cache-Control"), path);
        assertFalse(text.contains("Exception:") || text.contains("<html"), text);
    }

    @Test
    void directivesFromTheFuture_areRefused_andNothingIsHeld() {
        start("hls/irregular.mp4");
        for (Map.Entry<String, Integer> asked : Map.of(
                        "_HLS_msn=99999999999",
                        400,
                        "_HLS_part=1",
                        400,
                        "_HLS_msn=-1",
                        400,
                        "_HLS_msn=x",
                        400,
                        "_HLS_msn=99999999999999999999999",
                        400,
                        "_HLS_msn=1",
                        200)
                .entrySet()) {
            HttpResponse<byte[]> answer = rules.get(rules.uri("/hls-film/live.m3u8?" + asked.getKey()));
            assertEquals(asked.getValue(), answer.statusCode(), asked.getKey());
        }
    }

    /** The end of a stream that is terminated is told to players, and its name is free for the next. */
    @Test
    void terminatedStream_endsItsPlayers_andTheNextPlays() {
        start("hls/irregular.mp4");
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-terminated")) {
            int plain = players.open(url("/hls-film/hls-film.m3u8"));
            int low = players.open(url("/hls-film/index.m3u8"));
            players.await(plain, LIMIT, state -> state.frames() > 25);
            players.await(low, LIMIT, state -> state.frames() > 25);
            rest.post("/vod/terminate", "{\"localStreamName\": \"hls-film\"}");
            players.await(low, LIMIT, State::ended);
            players.await(plain, LIMIT, State::ended);
        }
    }

    /** What a browser publishes, whose parts come as it sends them. */
    @Test
    void publishedCamera_playsPlainAndInLowLatency() {
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "hls-camera");
                SegmentPlayers players = new SegmentPlayers(chromium, server, "hls-camera-players")) {
            camera.start("hls-camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            int low = players.open(url("/hls-camera/index.m3u8"));
            int plain = players.open(url("/hls-camera/hls-camera.m3u8"));
            State second = players.await(low, LIMIT, state -> state.time() > 0 && state.frames() > 150);
            State first = players.await(plain, LIMIT, state -> state.time() > 0 && state.frames() > 100);
            System.out.println("A camera in hls.js, low latency: " + second + "\nplain: " + first);
            assertTrue(first.isSmooth() && second.isSmooth(), first + "\n" + second);
            assertTrue(first.audioBytes() > 0 && second.audioBytes() > 0);
            assertTrue(second.behindMs() > 0 && second.behindMs() < 6_000, second.toString());
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            players.await(low, LIMIT, State::ended);
        }
    }
}
