package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.LightPublisher;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.Viewers;
import org.reelcast.mp4.write.Probe;
import org.reelcast.webrtc.client.ClientNetwork;

/** A broadcast is recorded through REST, downloaded, and played again; a killed server loses a moment of it. */
@BesideOthers
@E2e
class RecordingIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;
    private final HttpClient http = HttpClient.newHttpClient();

    RecordingIT(Chromium chromium, ReelcastProcess server) {
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
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    static String start(RestClient rest, String film, String name) {
        Answer started = rest.post("/vod/startup", """
                {"uri": "vod-live://%s", "localStreamName": "%s", "loop": true}""".formatted(film, name));
        assertEquals(200, started.status(), started.body());
        return only(rest, "/vod/find_all").get("localMediaSessionId").getAsString();
    }

    private static JsonObject only(RestClient rest, String call) {
        Answer answer = rest.get(call);
        assertEquals(200, answer.status(), answer.body());
        assertEquals(1, answer.array().size(), answer.body());
        return answer.array().get(0).getAsJsonObject();
    }

    static void awaitFragments(Path file, int count) {
        Await.until(
                LIMIT,
                () -> Files.exists(file)
                        && Probe.boxes(file).stream().filter("moof"::equals).count() >= count,
                () -> file + " does not grow");
    }

    @Test
    void broadcast_isRecordedDownloadedAndPlayedAgain() throws Exception {
        String id = start(rest, "flash.mp4", "camera");
        assertEquals(404, rest.get("/recorder/find_all").status());
        assertEquals(404, rest.post("/stream/stopRecording", session(id)).status());

        Answer recording = rest.post("/stream/startRecording", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "of-{streamName}"}}""".formatted(id));
        assertEquals(200, recording.status(), recording.body());
        assertEquals("", recording.body());
        JsonObject recorder = only(rest, "/recorder/find_all");
        assertEquals("of-camera.mp4", recorder.get("fileName").getAsString());
        assertEquals(id, recorder.get("mediaSessionId").getAsString());
        assertTrue(only(rest, "/vod/find_all").get("record").getAsBoolean());

        Path records = server.home().resolve("records");
        awaitFragments(records.resolve("of-camera.mp4.tmp"), 8);
        assertEquals(404, download("of-camera.mp4.tmp", "GET").statusCode());
        assertEquals(404, download("of-camera.mp4", "GET").statusCode());
        for (String unfinished : List.of("of-camera.mp4", "of-camera.mp4.tmp", "of-camera.mp4.t%6dp")) {
            Answer refused = rest.post("/vod/startup", """
                    {"uri": "vod-live://%s", "localStreamName": "too-early"}""".formatted(unfinished));
            assertEquals("File not found", refused.object().get("reason").getAsString());
        }

        Answer stopped = rest.post("/stream/stopRecording", session(id));
        assertEquals(200, stopped.status(), stopped.body());
        assertEquals(404, rest.get("/recorder/find_all").status());
        assertFalse(only(rest, "/vod/find_all").get("record").getAsBoolean());
        Path film = records.resolve("of-camera.mp4");
        assertEquals(List.of("ftyp", "moov", "mdat"), Probe.boxes(film));
        Probe.decodesCleanly(film);
        assertTrue(Probe.duration(film) > 3.5);
        assertEquals("h264", Probe.stream(film, "v:0", "codec_name"));
        assertEquals("aac", Probe.stream(film, "a:0", "codec_name"));
        checkDownload(film);

        try (Viewers viewers = new Viewers(chromium, server)) {
            int viewer = viewers.play("vod://of-camera.mp4");
            viewers.awaitFrames(viewer, 30);
        }
    }

    private void checkDownload(Path film) throws Exception {
        HttpResponse<byte[]> whole = download("of-camera.mp4", "GET");
        HttpResponse<byte[]> head = download("of-camera.mp4", "HEAD");
        HttpResponse<byte[]> part = download("of-camera.mp4", "GET", "Range", "bytes=100-199");
        String tag = head.headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> known = download("of-camera.mp4", "GET", "If-None-Match", tag);
        HttpResponse<byte[]> other = download("of-camera.mp4", "HEAD", "If-None-Match", "\"another\"");
        byte[] bytes = Files.readAllBytes(film);
        assertAll(
                () -> assertEquals(200, whole.statusCode()),
                () -> assertEquals(
                        "video/mp4", whole.headers().firstValue("Content-Type").orElse("")),
                () -> assertTrue(java.util.Arrays.equals(bytes, whole.body())),
                () -> assertEquals(
                        bytes.length,
                        head.headers().firstValueAsLong("Content-Length").orElse(-1)),
                () -> assertEquals(304, known.statusCode()),
                () -> assertEquals(0, known.body().length),
                () -> assertEquals(200, other.statusCode()),
                () -> assertEquals(206, part.statusCode()),
                () -> assertTrue(java.util.Arrays.equals(java.util.Arrays.copyOfRange(bytes, 100, 200), part.body())),
                () -> assertEquals(404, download("", "GET").statusCode()));
    }

    private HttpResponse<byte[]> download(String name, String method, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.http("/client/records/" + name))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static String session(String id) {
        return "{\"mediaSessionId\": \"" + id + "\"}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/stream/startRecording | {'mediaSessionId': 'no-such'}                          | 404",
                "/recorder/startup      | {'mediaSessionId': 'no-such'}                          | 404",
                "/stream/stopRecording  | {'mediaSessionId': 'no-such'}                          | 404",
                "/recorder/terminate    | {'mediaSessionId': 'no-such'}                          | 404",
                "/stream/startRecording | {}                                                     | 400",
                "/recorder/terminate    | nonsense                                               | 400",
                "/recorder/startup      | {'mediaSessionId': 'x', 'config': 7}                   | 400",
                "/recorder/startup      | {'mediaSessionId': 'x', 'config': {'rotation': '9G'}}  | 400",
            })
    void malformedOrUnknown_isRefused(String call, String body, int status) {
        Answer answer = rest.post(call, body.replace('\'', '"'));
        assertEquals(status, answer.status(), answer.body());
        assertEquals(status, answer.object().get("status").getAsInt());
    }

    @Test
    void broadcastThatEnds_finishesItsRecording() throws Exception {
        String id = start(rest, "flash.mp4", "short");
        assertEquals(200, rest.post("/recorder/startup", """
                {"mediaSessionId": "%s", "config": {"fileTemplate": "ended",
                        "rotation": 1000}}""".formatted(id)).status());
        awaitFragments(server.home().resolve("records/ended.mp4.tmp"), 3);
        assertEquals(
                200,
                rest.post("/vod/terminate", "{\"localStreamName\": \"short\"}").status());
        Path film = server.home().resolve("records/ended.mp4");
        Await.until(LIMIT, () -> Files.exists(film), () -> film + " is not finished");
        Probe.decodesCleanly(film);
    }

    static void recordingThatFails_isToldToWhoPublishesOn(ReelcastProcess server) throws Exception {
        try (ClientNetwork network = new ClientNetwork(1, List.of(7, 1));
                LightPublisher whole = new LightPublisher(network, server, "whole", 2000, "ann b");
                LightPublisher broken = new LightPublisher(network, server, "broken", 2000, "")) {
            Path records = server.home().resolve("records");
            assertTrue(whole.awaitPublishing());
            awaitFragments(begun(records, "stream-" + whole.id() + "-ann_b-"), 1);
            String name = whole.stop().text("recordName");
            assertTrue(name.matches("stream-" + whole.id() + "-ann_b-[0-9a-f]{32}\\.mp4"), name);
            assertTrue(Files.exists(records.resolve(name)), name);

            assertTrue(broken.awaitPublishing());
            awaitFragments(begun(records, "stream-" + broken.id() + "--"), 1);
            Files.move(records, records.resolveSibling("gone"));
            String info = "Recording failed: the server cannot write the file";
            assertEquals(info, broken.awaitEvent("recordingFailed").get("info").getAsString());
            JsonObject stream = new RestClient(server)
                    .post("/stream/find", "{\"name\":\"broken\"}")
                    .array()
                    .get(0)
                    .getAsJsonObject();
            assertEquals("PUBLISHING", stream.get("status").getAsString());
            assertFalse(stream.get("record").getAsBoolean());
            assertEquals(info, broken.stop().text("info"));
        }
    }

    /** The recording in progress whose name begins so; the rest of it is random. */
    private static Path begun(Path records, String start) throws IOException {
        Await.until(LIMIT, () -> !starting(records, start).isEmpty(), () -> "no recording " + start);
        return starting(records, start).get(0);
    }

    private static List<Path> starting(Path records, String start) {
        try (Stream<Path> files = Files.list(records)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .toList();
        } catch (IOException e) {
            // the folder is made with the first recording
            return List.of();
        }
    }
}
