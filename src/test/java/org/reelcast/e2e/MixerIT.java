package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.rendition.GeneratedMedia;

/** Several streams in one, as a user has them: a room, its picture, its sound, its recording. */
@E2e
class MixerIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int GREEN_AT_LEAST = 60;
    private static final double IN_STEP_MS = 60;

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;

    MixerIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @AfterEach
    void terminate() {
        Answer left = rest.get("/mixer/find_all");
        if (left.status() == 200) {
            left.array().forEach(mixer -> rest.post("/mixer/terminate", mixer.toString()));
        }
        rest.post("/vod/terminate", """
                {"localStreamName": "flash"}""");
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    private void ok(String call, String body) {
        Answer answer = rest.post(call, body);
        assertEquals(200, answer.status(), answer.body());
    }

    private void refused(int status, String call, String body) {
        Answer answer = rest.post(call, body);
        assertEquals(status, answer.status(), body + " " + answer.body());
        assertTrue(answer.object().get("message").getAsString().length() > 10, answer.body());
    }

    private void start(String film, String name) {
        ok("/vod/startup", """
                {"uri": "vod-live://%s", "localStreamName": "%s", "loop": true}""".formatted(film, name));
    }

    private JsonObject mixer() {
        Answer found = rest.get("/mixer/find_all");
        assertEquals(200, found.status(), found.body());
        return found.array().get(0).getAsJsonObject();
    }

    private int inputs() {
        return mixer().getAsJsonArray("mediaSessions").size();
    }

    /** The mix as it is now: 0xRRGGBB at that place. */
    private int colour(String stream, int x, int y) {
        try {
            BufferedImage image = ImageIO.read(
                    new ByteArrayInputStream(rest.bytes(rest.request("/stream/snapshot?format=png&streamName=" + stream)
                                    .GET())
                            .body()));
            assertEquals(1280, image.getWidth());
            assertEquals(720, image.getHeight());
            return image.getRGB(x, y) & 0xffffff;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isRed(int rgb) {
        return rgb >> 16 > 0xe8 && (rgb >> 8 & 0xff) < 0x20 && (rgb & 0xff) < 0x20;
    }

    private static Path red() {
        return GeneratedMedia.make(
                "mixer-red.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=red:size=320x180:rate=5:duration=300",
                "-c:v",
                "libx264",
                "-bf",
                "2",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p");
    }

    @Test
    void cameraAndTwoFilmsInARoom_areSeenHeardRecorded_andComeAndGo() throws Exception {
        TestMedia.put(red(), server, "mixer-red.mp4");
        start("flash.mp4", "flash");
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "MixerIT-camera");
                PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "MixerIT-player")) {
            camera.start("ann#party");
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(
                    LIMIT,
                    () -> rest.get("/mixer/find_all").status() == 200 && inputs() == 1,
                    () -> "The room was not made: "
                            + rest.get("/mixer/find_all").body());
            ok("/mixer/add", """
                    {"uri": "mixer://party", "remoteStreamName": "vod-live://mixer-red.mp4", "streamLabel": "Film äöü \uD83D\uDE00"}""");
            ok("/mixer/add", """
                    {"uri": "mixer://party", "remoteStreamName": "flash"}""");
            ok("/mixer/setAudioVideo", """
                    {"uri": "mixer://party", "streams": "^ann.*", "audioLevel": 0}""");
            player.start("party");
            player.awaitStatus("PLAYING", LIMIT);
            player.measured().awaitFrames(45);
            PeerStats before = player.measured().newestPeer();
            Await.until(LIMIT, () -> isRed(colour("party", 960, 100)), () -> "The film is not red at the upper right");
            int ann = colour("party", 320, 100);
            assertTrue(
                    (ann >> 8 & 0xff) > GREEN_AT_LEAST && (ann >> 8 & 0xff) > (ann & 0xff),
                    () -> "The camera's green is " + Integer.toHexString(ann));
            assertEquals(0, colour("party", 100, 600), "the background beside the third one");

            Path film = record(() -> {
                Await.until(
                        LIMIT,
                        () -> player.measured().newestPeer().framesDecoded() > before.framesDecoded() + 150,
                        () -> "It stands still");
                comeAndGo();
            });
            PeerStats after = player.measured().newestPeer();
            player.measured().screenshot("mixed");
            assertTrue(after.audioEnergy() > before.audioEnergy(), () -> "Nothing is heard: " + after);
            assertEquals(1280, after.width());
            assertRecorded(film);
            JsonElement ofCamera = mixer().getAsJsonArray("mediaSessions").get(0);
            camera.stop();
            Await.until(
                    LIMIT,
                    () -> !mixer().getAsJsonArray("mediaSessions").contains(ofCamera),
                    () -> "The camera did not leave");
            ok("/mixer/terminate", "{\"uri\": \"mixer://party\"}");
            player.awaitStatus("STOPPED", LIMIT);
        }
    }

    /** One leaves and comes back: the others stay. */
    private void comeAndGo() {
        ok("/mixer/remove", """
                {"uri": "mixer://party", "remoteStreamName": "vod-live://mixer-red.mp4"}""");
        Await.until(LIMIT, () -> !isRed(colour("party", 960, 100)), () -> "The film is still there");
        ok("/mixer/add", """
                {"uri": "mixer://party", "remoteStreamName": "vod-live://mixer-red.mp4"}""");
        Await.until(LIMIT, () -> isRed(colour("party", 640, 600)), () -> "The film has not come back, as the last one");
    }

    private Path record(Runnable meanwhile) {
        String session = mixer().get("localMediaSessionId").getAsString();
        ok("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "mixed"}}""".formatted(session));
        meanwhile.run();
        ok("/stream/stopRecording", "{\"mediaSessionId\": \"" + session + "\"}");
        return server.home().resolve("records").resolve("mixed.mp4");
    }

    /** The flashing film is the third one until the red one left, then the second one. */
    private void assertRecorded(Path film) throws Exception {
        Probe.decodesCleanly(film);
        Path third = film.resolveSibling("third.mp4");
        GeneratedMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-copyts",
                "-i",
                film.toString(),
                "-t",
                "5",
                "-an",
                "-vf",
                "crop=320:160:480:450",
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-fps_mode",
                "passthrough",
                third.toString()));
        List<Double> apart = FlashAndBeep.apartMs(third, film);
        String all = apart.stream().map(ms -> String.format("%.0f", ms)).collect(Collectors.joining(" "));
        assertAll(
                () -> assertEquals("h264", Probe.stream(film, "v:0", "codec_name")),
                () -> assertEquals("1280", Probe.stream(film, "v:0", "width")),
                () -> assertEquals("aac", Probe.stream(film, "a:0", "codec_name")),
                () -> assertTrue(Probe.duration(film) > 5),
                () -> assertTrue(apart.size() >= 3, () -> "Flashes with a beep: " + all),
                () -> assertTrue(apart.stream().allMatch(ms -> Math.abs(ms) <= IN_STEP_MS), () -> "ms apart: " + all));
    }

    @Test
    void whatCannotBeMixedIsRefused_andNothingOfItStays() {
        start("flash.mp4", "flash");
        for (String wrong : Arrays.asList(
                "\"mixerVideoWidth\": 641",
                "\"mixerVideoWidth\": 2",
                "\"mixerVideoFps\": 0",
                "\"mixerVideoWidth\": 20000, \"mixerVideoHeight\": 20000",
                "\"mixerVideoFps\": 1000",
                "\"mixerVideoWidth\": \"wide\"",
                "\"mixerLayoutClass\": \"TestLayout\"",
                "\"background\": \"../x.png\"",
                "\"hasVideo\": false, \"hasAudio\": \"false\"",
                "\"mixerTextColour\": \"red\"")) {
            refused(400, "/mixer/startup", "{\"uri\": \"mixer://m\", " + wrong + "}");
        }
        refused(400, "/mixer/startup", "{\"uri\": \"m\"}");
        refused(409, "/mixer/startup", """
                {"uri": "mixer://m", "localStreamName": "flash"}""");
        assertEquals(404, rest.get("/mixer/find_all").status());
        refused(404, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "flash"}""");

        ok("/mixer/startup", """
                {"uri": "mixer://m", "mixerVideoWidth": 320, "mixerVideoHeight": 180, "mixerVideoFps": 10}""");
        refused(409, "/mixer/startup", """
                {"uri": "mixer://m", "localStreamName": "other"}""");
        refused(404, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "nobody"}""");
        refused(403, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "vod://flash.mp4"}""");
        refused(400, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "m"}""");
        refused(400, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "flash", "streamLabel": "%s"}""".formatted("\uD83D\uDE00".repeat(10_000)));
        ok("/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "flash"}""");
        refused(409, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "flash"}""");
        refused(404, "/mixer/remove", """
                {"uri": "mixer://m", "remoteStreamName": "nobody"}""");
        refused(400, "/mixer/set_parameter", """
                {"uri": "mixer://m", "mixerVideoWidth": 640}""");
        refused(400, "/mixer/setAudioVideo", """
                {"uri": "mixer://m", "streams": "(", "audioLevel": 50}""");
        refused(400, "/mixer/setAudioVideo", """
                {"uri": "mixer://m", "streams": ["flash"], "audioLevel": 101}""");
        ok("/mixer/startup", """
                {"uri": "mixer://n", "mixerVideoWidth": 320, "mixerVideoHeight": 180, "mixerVideoFps": 10}""");
        ok("/mixer/add", """
                {"uri": "mixer://n", "remoteStreamName": "m"}""");
        refused(400, "/mixer/add", """
                {"uri": "mixer://m", "remoteStreamName": "n"}""");
        ok("/vod/terminate", """
                {"localStreamName": "flash"}""");
        Await.until(
                LIMIT,
                () -> rest.get("/mixer/find_all").array().asList().stream()
                        .filter(mixer ->
                                mixer.getAsJsonObject().get("uri").getAsString().equals("mixer://m"))
                        .allMatch(mixer -> mixer.getAsJsonObject()
                                .getAsJsonArray("mediaSessions")
                                .isEmpty()),
                () -> "The stream that ended is still in the mix");
    }
}
