package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.mp4.write.Probe;

/** A film and a camera are transcoded by REST and at viewers' wish, watched in Chromium and recorded. */
@E2e
class TranscoderIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KBIT = 400;

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;

    TranscoderIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @AfterEach
    void terminate() {
        Answer left = rest.get("/vod/find_all");
        if (left.status() == 200) {
            left.array().forEach(stream -> rest.post("/vod/terminate", stream.toString()));
        }
        rest.awaitNoStreams(Duration.ofSeconds(20));
    }

    private void film(String name) {
        TestMedia.put(TestMedia.heavy(), server, "heavy.mp4");
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://heavy.mp4", "localStreamName": "%s", "loop": true}""".formatted(name)).status());
    }

    private Answer startup(String source, String name, String encoder) {
        return rest.post("/transcoder/startup", """
                {"uri": "transcoder://%s", "remoteStreamName": "%s", "localStreamName": "%s", "encoder": %s}""".formatted(name, source, name, encoder));
    }

    private JsonObject only(String call) {
        Answer answer = rest.get(call);
        assertEquals(200, answer.status(), answer.body());
        assertEquals(1, answer.array().size(), answer.body());
        return answer.array().get(0).getAsJsonObject();
    }

    @Test
    void film_isWatchedAndRecordedInAnotherSizeAndAtItsBitrate() throws IOException {
        film("film");
        Answer started = startup("film", "film-small", """
                {"width": 320, "height": 240, "bitrate": %d, "type": "OPENH264"}""".formatted(KBIT));
        assertEquals(200, started.status(), started.body());
        try (Viewers viewers = new Viewers(chromium, server)) {
            int small = viewers.play("film-small");
            viewers.awaitFrames(small, 60);
            assertEquals(320, viewers.stats(small).width());

            JsonObject found = only("/transcoder2/find_all");
            assertEquals("PROCESSED_LOCAL", found.get("status").getAsString());
            assertEquals(240, found.getAsJsonObject("encoder").get("height").getAsInt());
            String session = found.get("localMediaSessionId").getAsString();
            assertEquals(
                    200,
                    rest.post("/stream/startRecording", """
                    {"mediaSessionId": "%s", "config": {"fileTemplate": "small"}}""".formatted(session)).status());
            // the recording runs as long as the pictures that are seen meanwhile
            viewers.awaitFrames(small, viewers.stats(small).framesDecoded() + 180);
            assertEquals(
                    200,
                    rest.post("/stream/stopRecording", """
                    {"mediaSessionId": "%s"}""".formatted(session)).status());

            assertEquals(
                    200,
                    rest.post("/transcoder/terminate", "{\"uri\": \"transcoder://film-small\"}")
                            .status());
            assertEquals(
                    "Stopped by rest /terminate",
                    viewers.awaitStatus(small, "STOPPED").info());
        }
        Path recorded = server.home().resolve("records/small.mp4");
        Probe.decodesCleanly(recorded);
        assertEquals("320,240", Probe.stream(recorded, "v:0", "width,height"));
        assertTrue(Probe.loudest(recorded) > -20, "the beep is not heard");
        double kbit = Integer.parseInt(Probe.stream(recorded, "v:0", "bit_rate")) / 1000.0;
        System.out.printf("%.0f kbit/s of %d%n", kbit, KBIT);
        assertEquals(KBIT, kbit, 0.1 * KBIT);
        assertEquals(404, rest.get("/transcoder/find_all").status());
    }

    @Test
    void camera_isWatchedInTheSizesThatItsViewersWish() {
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.FLASHPHONER, "TranscoderIT-camera");
                Viewers viewers = new Viewers(chromium, server)) {
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            assertEquals(
                    200,
                    startup("camera", "camera-small", "{\"height\": 120, \"fps\": 10}")
                            .status());
            List<Integer> all = List.of(
                    viewers.join("camera-small"),
                    viewers.join("camera", 160, 0, 0),
                    viewers.join("camera", 160, 0, 0),
                    viewers.join("camera", 4000, 4000, 0));
            all.forEach(viewer -> viewers.awaitFrames(viewer, 30));
            int width = viewers.stats(all.get(3)).width();
            assertAll(
                    () -> assertTrue(viewers.stats(all.get(0)).width() < width, () -> "of " + width),
                    () -> assertEquals(160, viewers.stats(all.get(1)).width()),
                    () -> assertEquals(160, viewers.stats(all.get(2)).width()),
                    () -> assertTrue(width > 160, () -> "of " + width));
            // the camera, the one by REST, and one for both who wish the same
            assertEquals(
                    3,
                    rest.get("/stream/find_all").array().asList().stream()
                            .filter(stream ->
                                    stream.getAsJsonObject().get("published").getAsBoolean())
                            .count());
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            all.forEach(viewer -> viewers.awaitStatus(viewer, "STOPPED"));
        }
    }

    @Test
    void severalSizesByHls_areChangedBetweenWithoutAnError() {
        film("film");
        String name = "/film-HLS-ABR-STREAM";
        String url = server.http("/hls" + name + name + ".m3u8").toString();
        try (SegmentPlayers players = new SegmentPlayers(chromium, server, "TranscoderIT-sizes")) {
            int player = players.open(url, Map.of("startLevel", 0));
            players.await(player, LIMIT, state -> state.frames() > 30);
            players.resize(player, 640);
            players.await(player, LIMIT, state -> state.width() == 640);
            players.resize(player, 426);
            players.await(player, LIMIT, state -> state.width() == 426);
            SegmentPlayers.State last = players.state(player);
            players.await(player, LIMIT, state -> state.frames() > last.frames() + 30);
            assertTrue(
                    players.state(player).isWithoutError(),
                    () -> players.state(player).toString());
        }
    }

    @Test
    void whatCannotBeIsRefused_andNothingIsHeld() {
        film("film");
        assertRefused(404, "Stream not found", startup("nobody", "new", "{}"));
        assertRefused(403, "Stream is for its own viewer alone", startup("vod://heavy.mp4", "new", "{}"));
        assertRefused(409, "Stream name is already in use", startup("film", "film", "{}"));
        for (String encoder : List.of(
                "{\"width\": 641}",
                "{\"width\": 8}",
                "{\"height\": 10000}",
                "{\"fps\": 0}",
                "{\"fps\": 1000}",
                "{\"watermark\": \"../secret.png\"}",
                "{\"type\": \"VP8\"}")) {
            assertRefused(400, "Encoder parameters are wrong", startup("film", "new", encoder));
        }
        assertEquals(400, startup("film", "new", "{\"width\": \"wide\"}").status());
        assertEquals(
                404,
                rest.post("/transcoder/terminate", "{\"uri\": \"transcoder://new\"}")
                        .status());
        assertEquals(
                404,
                rest.post("/transcoder/set_watermark", "{\"uri\": \"transcoder://new\"}")
                        .status());
        assertEquals(404, rest.get("/transcoder/find_all").status());
        Await.until(
                LIMIT,
                () -> rest.get("/stream/find_all").array().size() == 1,
                () -> rest.get("/stream/find_all").body());
    }

    private static void assertRefused(int status, String reason, Answer answer) {
        assertEquals(status, answer.status(), answer.body());
        assertEquals(reason, answer.object().get("reason").getAsString(), answer.body());
    }
}
