package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.codec.ffmpeg.Psnr;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.SignallingClient.Message;
import org.reelcast.e2e.harness.SnapshotPage;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.ClientNetwork;

/** Pictures of running streams by REST and WebSocket, of films and of cameras. */
@BesideOthers
@E2e
class SnapshotIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String CALL = "/stream/snapshot?streamName=";

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;

    SnapshotIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @BeforeEach
    void start() {
        start("vod-live://lengthy.mp4", "film");
    }

    private void start(String uri, String name) {
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "%s", "localStreamName": "%s", "loop": true}""".formatted(uri, name)).status());
    }

    @AfterEach
    void terminate() {
        Answer left = rest.get("/vod/find_all");
        if (left.status() == 200) {
            left.array().forEach(stream -> rest.post("/vod/terminate", stream.toString()));
        }
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    private Answer post(String streamName) {
        return rest.post("/stream/snapshot", """
                {"streamName": "%s"}""".formatted(streamName));
    }

    private static byte[] png(Answer answer) {
        assertEquals(200, answer.status(), answer.body());
        return Base64.getDecoder().decode(answer.object().get("data").getAsString());
    }

    private HttpResponse<byte[]> get(String query, String... headers) {
        HttpRequest.Builder request = rest.request(CALL + query);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return rest.bytes(request.GET());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The test picture has all colours, side by side. */
    private static void assertTestPicture(byte[] image, int width, int height) throws IOException {
        BufferedImage picture = Psnr.read(image);
        assertEquals(width + "x" + height, picture.getWidth() + "x" + picture.getHeight());
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            colours.add(picture.getRGB(width * (2 * i + 1) / 12, height * 9 / 10) >> 7 & 0x10101);
        }
        assertTrue(colours.size() >= 6 || colours.equals(Set.of(0x10101)), colours + " are neither bars nor the flash");
    }

    @Test
    void post_givesThePngOfAFilmThatNobodyWatches() throws IOException {
        assertTestPicture(png(post("film")), 320, 180);
        assertEquals(200, rest.post("/stream/find", "{\"name\": \"film\"}").status());
    }

    @Test
    void streamThatNobodyHasWatchedIsNotEndedByItsSnapshots() {
        // vod_stream_timeout is 1.5 s here, and counts from the last viewer's leaving: there was none
        png(post("film"));
        long enoughNs = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        Await.until(Duration.ofSeconds(6), () -> System.nanoTime() > enoughNs, () -> "time stands still");
        png(post("film"));
    }

    @Test
    void filmWithBFramesIsShownAsItIsInTheFile() throws IOException {
        TestMedia.put(TestMedia.withBFrames(), server, "b-frames.mp4");
        start("vod-live://b-frames.mp4", "b-frames");
        assertTestPicture(png(post("b-frames")), 640, 360);
    }

    @Test
    void get_givesThumbnailsThatMayBeCachedForASecond() throws IOException {
        HttpResponse<byte[]> first = get("film&width=160");
        assertTestPicture(first.body(), 160, 90);
        assertAll(
                () -> assertEquals("image/png", header(first, "Content-Type")),
                () -> assertEquals("max-age=1", header(first, "Cache-Control")),
                () -> assertEquals("Accept", header(first, "Vary")),
                () -> assertTrue(header(first, "ETag").matches("\"[0-9a-f]{24}\""), header(first, "ETag")));
        HttpResponse<byte[]> again = get("film&width=160", "If-None-Match", header(first, "ETag"));
        if (again.statusCode() == 304) {
            assertEquals(0, again.body().length);
            assertEquals(header(first, "ETag"), header(again, "ETag"));
            assertEquals("max-age=1", header(again, "Cache-Control"));
        } else {
            assertNotEquals(header(first, "ETag"), header(again, "ETag"), "the second was over");
        }
        assertEquals(200, get("film&width=160", "If-None-Match", "\"another\"").statusCode());
        HttpResponse<byte[]> head =
                rest.bytes(rest.request(CALL + "film&width=160").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/jpeg                      |              | image/jpeg",
                "image/png                       |              | image/png",
                "image/*                         |              | image/png",
                "image/png;q=0.1,image/jpeg      |              | image/jpeg",
                "image/avif,image/webp,*/*;q=0.8 |              | image/png",
                "image/png                       | &format=jpeg | image/jpeg",
                "image/png                       | &format=JPG  | image/jpeg",
                "text/html                       | &format=png  | image/png"
            })
    void formatIsTheOneAskedFor(String accept, String format, String type) throws IOException {
        HttpResponse<byte[]> answer = get("film&width=64" + (format == null ? "" : format), "Accept", accept);
        assertEquals(200, answer.statusCode());
        assertEquals(type, header(answer, "Content-Type"));
        assertEquals(type.equals("image/png") ? (byte) 0x89 : (byte) 0xff, answer.body()[0]);
        assertTestPicture(answer.body(), 64, 36);
    }

    @Test
    void widthBeyondThePictureEnlargesNothing() throws IOException {
        assertTestPicture(get("film&width=3840").body(), 320, 180);
        assertTestPicture(get("film").body(), 320, 180);
        assertTestPicture(get("film&width=16").body(), 16, 9);
    }

    @ParameterizedTest
    @CsvSource({
        "film&width=0",
        "film&width=-1",
        "film&width=15",
        "film&width=3841",
        "film&width=100000",
        "film&width=99999999999",
        "film&width=abc",
        "film&width=",
        "film&width=1e2",
        "film&format=gif",
        "film&format=",
        "'&width=16'"
    })
    void badRequestsAreNamed(String query) {
        Answer refused = rest.get(CALL + query);
        assertEquals(400, refused.status(), refused.body());
        assertTrue(
                refused.object().get("message").getAsString().matches("\"(width|format|streamName)\" is .*"),
                refused.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"streamName\": 7}", "{\"streamName\": \" \"}", "[", ""})
    void badBodiesAreNamed(String body) {
        assertEquals(400, rest.post("/stream/snapshot", body).status());
    }

    @Test
    void formatThatIsNotThereIsNotAcceptable() {
        assertEquals(
                406,
                rest.send(rest.request(CALL + "film")
                                .header("Accept", "image/gif")
                                .GET())
                        .status());
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 404, Stream not found, No stream named 'nobody' plays",
        "vod-live://brief.mp4, 404, Stream not found, No stream named 'vod-live://brief.mp4' plays",
        "rtsp://camera/1, 404, Stream not found, No stream named 'rtsp://camera/1' plays",
        "vod://lengthy.mp4, 403, Stream is for its own viewer alone, vod://lengthy.mp4 plays for its one viewer alone; "
                + "a broadcast of the same film can be had",
        "radio, 404, Stream has no picture, The stream 'radio' has sound alone"
    })
    void streamThatCannotBeHadIsNamedAndNoneIsStarted(String name, int status, String reason, String sentence) {
        start("vod-live://audio-only.mp4", "radio");
        int streams = rest.get("/stream/find_all").array().size();
        for (Answer refused : List.of(post(name), rest.get(CALL + name))) {
            assertEquals(status, refused.status(), refused.body());
            assertEquals(reason, refused.object().get("reason").getAsString());
            assertEquals(sentence, refused.object().get("message").getAsString());
            assertEquals(
                    "/rest-api/stream/snapshot", refused.object().get("path").getAsString());
        }
        assertEquals(streams, rest.get("/stream/find_all").array().size());
    }

    @Test
    void broadcastIsFoundByItsUriToo() {
        png(post("vod-live://lengthy.mp4"));
        assertEquals(1, rest.get("/vod/find_all").array().size());
    }

    @Test
    void filmThatCannotBeReadIsAnError() {
        TestMedia.put(TestMedia.overwrittenData(), server, "overwritten.mp4");
        start("vod-live://overwritten.mp4", "overwritten");
        Answer refused = post("overwritten");
        assertEquals(500, refused.status(), refused.body());
        assertEquals(
                "Got exception while streaming file",
                refused.object().get("reason").getAsString());
        assertEquals(404, post("overwritten").status());
    }

    @Test
    void fiftyWidthsAtOnceAreServed() throws IOException {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(rest.bytesLater(
                    rest.request(CALL + "film&width=" + (32 + 4 * i)).GET()));
        }
        for (int i = 0; i < 50; i++) {
            HttpResponse<byte[]> answer = answers.get(i).join();
            assertEquals(200, answer.statusCode());
            assertEquals(32 + 4 * i, Psnr.read(answer.body()).getWidth());
        }
    }

    @Test
    void webSocketClientsGetTheirSnapshotByTheirId() throws IOException {
        try (SignallingClient client = SignallingClient.connect(server.wsUrl())) {
            JsonObject payload = snapshot(client, "film", "snapshotCompleted");
            assertTestPicture(Base64.getDecoder().decode(payload.get("snapshot").getAsString()), 320, 180);
            assertEquals(
                    "Stream not found",
                    snapshot(client, "nobody", "snapshotFailed").get("info").getAsString());
            assertEquals(
                    "Stream is for its own viewer alone",
                    snapshot(client, "vod://lengthy.mp4", "snapshotFailed")
                            .get("info")
                            .getAsString());
        }
    }

    private static JsonObject snapshot(SignallingClient client, String name, String type) {
        String id = UUID.randomUUID().toString();
        JsonObject data = new JsonObject();
        data.addProperty("name", name);
        data.addProperty("mediaSessionId", id);
        client.send("snapshot", data);
        Message event = client.await("notifyStreamEvent", message -> id.equals(message.text("mediaSessionId")));
        assertEquals(type, event.text("type"));
        return event.object().getAsJsonObject("payload");
    }

    @Test
    void flashphonersPageShowsSnapshotsOfItsCamera() throws IOException {
        try (SnapshotPage page = new SnapshotPage(chromium, server, "SnapshotIT")) {
            page.start("snapshot-cam");
            page.awaitStatus("PUBLISHING", LIMIT);
            BufferedImage shown = Psnr.read(page.takeSnapshot(LIMIT));
            JsonObject camera = rest.post("/stream/find", "{\"name\": \"snapshot-cam\"}")
                    .array()
                    .get(0)
                    .getAsJsonObject();
            assertEquals(camera.get("width").getAsInt(), shown.getWidth());
            assertEquals(camera.get("height").getAsInt(), shown.getHeight());
            // Chromium's test picture is green
            int rgb = shown.getRGB(shown.getWidth() / 2, shown.getHeight() / 8);
            assertTrue((rgb >> 8 & 0xff) > 100 && (rgb >> 16 & 0xff) < 60, Integer.toHexString(rgb));
            page.measured().screenshot("shown");
            assertEquals(
                    "snapshotCompleted", page.snapshotOf("film").get("type").getAsString());
            JsonObject failed = page.snapshotOf("nobody");
            assertEquals("snapshotFailed", failed.get("type").getAsString());
            assertEquals(
                    "Stream not found",
                    failed.getAsJsonObject("payload").get("info").getAsString());
            assertEquals(List.of(), page.measured().scriptErrors());
            page.stop();
            page.awaitStatus("UNPUBLISHED", LIMIT);
            assertEquals(404, post("snapshot-cam").status());
        }
    }

    @Test
    void cameraWhosePictureDoesNotDecodeIsAnError() {
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightPublisher camera = new LightPublisher(network, server, "noise-cam", 2000, "")) {
            camera.awaitPublishing();
            Answer refused = post("noise-cam");
            assertEquals(500, refused.status(), refused.body());
            assertTrue(refused.object().get("reason").getAsString().startsWith("Snapshot failed: "), refused.body());
        }
    }
}
