package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Cases;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NumberedFilm;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.storage.s3.server.S3Server;
import org.reelcast.storage.s3.server.SlowLink;

/** A broadcast shows the picture of the time of day, whoever comes when and whatever happens to the server. */
@E2e
class BroadcastIT {
    private static final String FILM = "vod-live://s3/films/numbered.mp4";
    private static final int LOOPS = Cases.choose(18, 1);

    private final Chromium chromium;
    private final ReelcastProcess shared;

    BroadcastIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        shared = server;
    }

    private static ReelcastProcess.Builder server(SlowLink link) {
        return ReelcastProcess.builder("broadcast")
                .upSoon()
                .set("aws_s3_credentials", S3Server.CREDENTIALS)
                .set("s3_endpoint", "http://127.0.0.1:" + link.port())
                .set("s3_read_ahead_kb", "256")
                .set("vod_live_resume", "true");
    }

    private static JsonObject find(RestClient rest) {
        return rest.post("/vod/find", """
                {"localStreamName": "film", "display": ["position"]}""").array().get(0).getAsJsonObject();
    }

    private static void start(RestClient rest, String more) {
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "%s", "localStreamName": "film", "loop": true%s}""".formatted(FILM, more)).status());
    }

    private static void awaitPass(RestClient rest, long startMs, int pass) {
        Await.until(
                Duration.ofSeconds(300),
                () -> System.currentTimeMillis() > startMs + pass * NumberedFilm.PASS_MS + 1_000,
                () -> find(rest).toString());
    }

    @Test
    void samePicture_afterAStall_loops_andRestarts(@TempDir Path folder) throws Exception {
        Map<String, Long> behind = new LinkedHashMap<>();
        try (S3Server store = S3Server.start(folder);
                SlowLink link = new SlowLink(store.port())) {
            store.bucket("films");
            store.put("films", "numbered.mp4", TestMedia.numbered());
            Path home;
            long startMs;
            try (ReelcastProcess server = server(link).start();
                    Viewers viewers = new Viewers(chromium, server)) {
                home = server.home();
                RestClient rest = new RestClient(server);
                start(rest, "");
                int first = viewers.play("film");
                // in the first pass, before all of the film is here
                viewers.awaitFrames(first, 25);
                startMs = find(rest).get("startTime").getAsLong();
                NumberedFilm.stall(viewers, first, link);
                behind.put("after a stall", NumberedFilm.leastBehindMs(viewers, first, startMs));
                awaitPass(rest, startMs, LOOPS);
                behind.put("after loops", NumberedFilm.leastBehindMs(viewers, first, startMs));
                int second = viewers.play("film");
                viewers.awaitFrames(second, 15);
                behind.put("late viewer", NumberedFilm.leastBehindMs(viewers, second, startMs));
                behind.put("first beside it", NumberedFilm.leastBehindMs(viewers, first, startMs));
                assertEquals(startMs, find(rest).get("startTime").getAsLong());

                assertEquals(200, rest.post("/vod/terminate", """
                        {"localStreamName": "film"}""").status());
                start(rest, ", \"startTime\": " + startMs);
                int third = viewers.play("film");
                viewers.awaitFrames(third, 15);
                behind.put("started again", NumberedFilm.leastBehindMs(viewers, third, startMs));
                assertEquals(143, server.stop(), "by SIGTERM");
            }
            try (ReelcastProcess server = server(link).in(home).start();
                    Viewers viewers = new Viewers(chromium, server)) {
                RestClient rest = new RestClient(server);
                Await.until(
                        Duration.ofSeconds(20), () -> rest.get("/vod/find_all").status() == 200, server::lastWords);
                assertEquals(startMs, find(rest).get("startTime").getAsLong());
                int fourth = viewers.play("film");
                viewers.awaitFrames(fourth, 15);
                behind.put("after a restart of the server", NumberedFilm.leastBehindMs(viewers, fourth, startMs));
            }
        }
        System.out.println("Shown so long after the time of day, ms: " + behind);
        long least = behind.values().stream().min(Long::compare).orElseThrow();
        assertTrue(behind.values().stream().allMatch(ms -> ms <= least + NumberedFilm.FRAME_MS), behind.toString());
        assertTrue(least < 4 * NumberedFilm.FRAME_MS, behind.toString());
    }

    @Test
    void personalFilm_startsAtTheSecondThatItsPageSays() {
        TestMedia.put(TestMedia.numbered(), shared, "numbered.mp4");
        try (Viewers viewers = new Viewers(chromium, shared)) {
            JsonObject custom = new JsonObject();
            custom.addProperty("start", 4.5);
            int viewer = viewers.join("vod://numbered.mp4", custom);
            viewers.awaitFrames(viewer, 10);
            int number = viewers.shown(viewer).numbers().get(0);
            assertTrue(number >= 45 && number < 70, "frame " + number);
            custom.addProperty("start", 10.5);
            assertEquals(
                    "Start is outside the film",
                    viewers.awaitStatus(viewers.join("vod://numbered.mp4", custom), "FAILED")
                            .info());
        }
    }

    static List<Path> films() {
        return Cases.choose(
                List.of(TestMedia.numbered(), TestMedia.numberedWithBFrames()), List.of(TestMedia.numbered()));
    }

    /** The sound, which is AAC, ends 0.1 s before the picture. */
    @ParameterizedTest
    @MethodSource("films")
    void soundAndPicture_areInStepInEachPass_withoutASeam(Path film) {
        TestMedia.put(film, shared, "in-step.mp4");
        try (PlayerPage page = new PlayerPage(chromium, shared, PlayerPage.FLASHPHONER, "BroadcastIT")) {
            RestClient rest = new RestClient(shared);
            assertEquals(200, rest.post("/vod/startup", """
                    {"uri": "vod-live://in-step.mp4", "localStreamName": "film", "loop": true}""").status());
            page.start("film");
            page.awaitStatus("PLAYING", Duration.ofSeconds(15));
            List<Double> apart = new ArrayList<>();
            for (int second = 0; second < 10 * Math.min(LOOPS, 3) + 4; second++) {
                Await.pause(Duration.ofSeconds(1));
                apart.add(page.measured().newestPeer().latestLipSyncMs());
            }
            PeerStats stats = page.measured().newestPeer();
            rest.post("/vod/terminate", """
                    {"localStreamName": "film"}""");
            assertEquals(0, stats.freezes(), stats::toString);
            assertEquals(0, stats.packetsLost(), stats::toString);
            assertEquals(0, stats.pictureLossIndications(), stats::toString);
            System.out.println("Sound ahead of the picture in some passes, ms by second: " + apart);
            // the first seconds are the browser's own
            assertTrue(apart.stream().skip(4).allMatch(ms -> Math.abs(ms) <= 60), apart.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "4.5", "1e99", "soon"})
    void positionOutsideTheFilm_isABadRequestThatSaysSo(String position) {
        RestClient.Answer answer = new RestClient(shared).post("/vod/startup", """
                {"uri": "vod-live://brief.mp4", "localStreamName": "never", "position": "%s"}""".formatted(position));
        assertEquals(400, answer.status(), answer.body());
        assertTrue(answer.body().contains("position") || answer.body().contains("4.0 s"), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"0", "1764500000", "31557600000000"})
    void startTimeThatNobodyMeans_isABadRequestThatSaysSo(String time) {
        RestClient.Answer answer = new RestClient(shared).post("/vod/startup", """
                {"uri": "vod-live://brief.mp4", "localStreamName": "never", "loop": true, "startTime": %s}""".formatted(time));
        assertEquals(400, answer.status(), answer.body());
        assertTrue(answer.body().contains("milliseconds"), answer.body());
    }

    @Test
    void positionIsShownWhereItIsAskedForAlone() {
        RestClient rest = new RestClient(shared);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://lengthy.mp4", "localStreamName": "film", "position": 30}""").status());
        JsonObject found = find(rest);
        assertTrue(
                found.get("position").getAsDouble() >= 30
                        && found.get("position").getAsDouble() < 40,
                found.toString());
        assertEquals(90, found.get("length").getAsDouble(), 0.1);
        assertEquals(
                8, rest.post("/vod/find", """
                {"localStreamName": "film"}""").array().get(0).getAsJsonObject().size());
        assertEquals(200, rest.post("/vod/terminate", """
                {"localStreamName": "film"}""").status());
    }
}
