package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NginxRtmp;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;

/** A film with B-frames goes to nginx by RTMP as it is, and comes back when nginx does. */
@BesideOthers
@E2e
class PushIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Column of a packet's hash in FFmpeg's list. */
    private static final int HASH = 5;

    private final ReelcastProcess server;
    private final RestClient rest;

    @TempDir
    private Path folder;

    private NginxRtmp nginx;

    PushIT(ReelcastProcess server) {
        this.server = server;
        rest = new RestClient(server);
    }

    @BeforeEach
    void start() {
        nginx = NginxRtmp.start(folder);
        TestMedia.put(TestMedia.withBFrames(), server, "pushed.mp4");
        Answer started = rest.post("/vod/startup", """
                {"uri": "vod-live://pushed.mp4", "localStreamName": "pushed", "loop": true}""");
        assertEquals(200, started.status(), started.body());
    }

    @AfterEach
    void end() {
        rest.post("/vod/terminate", """
                {"localStreamName": "pushed"}""");
        rest.awaitNoStreams(Duration.ofSeconds(10));
        Await.until(LIMIT, () -> rest.get("/push/find_all").status() == 404, () -> "a push is left");
        nginx.close();
    }

    private Answer push(String stream, String url) {
        return rest.post("/push/startup", """
                {"streamName": "%s", "rtmpUrl": "%s"}""".formatted(stream, url));
    }

    private JsonObject only() {
        Answer answer = rest.post("/push/find", """
                {"streamName": "pushed"}""");
        assertEquals(200, answer.status(), answer.body());
        assertEquals(1, answer.array().size(), answer.body());
        return answer.array().get(0).getAsJsonObject();
    }

    private void awaitSent(int frames) {
        int before = only().get("framesSent").getAsInt();
        Await.until(LIMIT, () -> only().get("framesSent").getAsInt() >= before + frames, () -> only().toString());
    }

    @Test
    void film_isPushedAsItIs_andComesBackWithTheServer() throws Exception {
        Answer started = push("pushed", nginx.url());
        assertEquals(200, started.status(), started.body());
        assertEquals("rtmp_pushed", started.object().get("streamName").getAsString());
        assertEquals(409, push("pushed", nginx.url()).status());
        awaitSent(240);
        nginx.kill();
        Await.until(LIMIT, () -> only().get("status").getAsString().equals("RECONNECTING"), () -> only().toString());
        assertTrue(only().has("problem"));
        nginx.start();
        Await.until(LIMIT, () -> only().get("connections").getAsInt() == 2, () -> only().toString());
        awaitSent(240);
        String id = "{\"mediaSessionId\": \"" + only().get("mediaSessionId").getAsString() + "\"}";
        assertEquals(200, rest.post("/push/mute", id).status());
        assertTrue(only().get("muted").getAsBoolean());
        assertEquals(200, rest.post("/push/terminate", id).status());
        assertEquals(404, rest.post("/push/terminate", id).status());

        List<Path> recordings = nginx.recordings("rtmp_pushed");
        assertEquals(2, recordings.size(), recordings.toString());
        for (Path recording : recordings) {
            assertEquals("h264", Probe.stream(recording, "v:0", "codec_name"));
            assertEquals("aac", Probe.stream(recording, "a:0", "codec_name"));
            assertSamePackets(recording, "v:0", 60);
            assertSamePackets(recording, "a:0", 60);
        }
        Probe.decodesCleanly(recordings.get(1));
    }

    /** The film, which is looped, has all packets of the recording in the same order. */
    private static void assertSamePackets(Path recording, String stream, int least) throws Exception {
        List<String> film = hashes(TestMedia.withBFrames(), stream);
        List<String> pushed = hashes(recording, stream);
        assertTrue(pushed.size() >= least, recording + " has " + pushed.size() + " packets");
        int at = film.indexOf(pushed.get(0));
        for (int i = 0; i < pushed.size(); i++, at++) {
            at %= film.size();
            // sound before the film's start, for the decoder to settle, is not repeated where a pass follows another
            at += at == 0 && i > 0 && !film.get(at).equals(pushed.get(i)) ? 1 : 0;
            if (stream.startsWith("a") && !film.get(at).equals(pushed.get(i))) {
                // the end is muted: one packet of silence again and again
                assertTrue(i >= least, () -> "packets differ before " + least);
                assertEquals(
                        1, pushed.subList(i, pushed.size()).stream().distinct().count(), stream + ", packet " + i);
                return;
            }
            assertEquals(film.get(at), pushed.get(i), stream + ", packet " + i);
        }
    }

    private static List<String> hashes(Path file, String stream) throws Exception {
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-map",
                        "0:" + stream,
                        "-c",
                        "copy",
                        "-f",
                        "framehash",
                        "-hash",
                        "md5",
                        "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",")[HASH].strip())
                .toList();
    }

    @Test
    void startup_ofWhatCannotBePushed_saysWhy() {
        assertAll(
                () -> assertRefused(404, "Stream not found", push("nothing", nginx.url())),
                () -> assertRefused(400, "Bad URI", push("pushed", "http://127.0.0.1/live")),
                () -> assertRefused(400, "Bad URI", push("pushed", "rtmp://no.such.host.invalid/live")),
                () -> assertRefused(500, "Failed to push stream", push("pushed", "rtmp://127.0.0.1:9/live")),
                () -> assertRefused(403, "Stream is for its own viewer alone", push("vod://pushed.mp4", nginx.url())),
                () -> assertEquals(404, rest.get("/push/find_all").status()));
    }

    private static void assertRefused(int status, String reason, Answer answer) {
        assertEquals(status, answer.status(), answer.body());
        assertEquals(reason, answer.object().get("reason").getAsString());
    }
}
