package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.NginxRtmp;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.RestClient.Answer;
import org.reelcast.e2e.harness.SegmentPlayers;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;
import org.reelcast.storage.s3.server.S3Server;

/** RTMPS with certificates right and wrong, many pushes, and all kinds of streams made of each other and pushed. */
@E2e
class PushMatrixIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PUSHES = 500;
    private static final int WARM = 100;
    /** The heap may grow meanwhile; what one push has would be ten times as much, left 400 times. */
    private static final long MOST_MORE_KB = 60_000;

    private static ReelcastProcess server;
    private static S3Server store;
    private static Certificate localhost;
    private static Certificate other;

    /** Its own authority. */
    private record Certificate(Path pem, Path key) {}

    private final Chromium chromium;
    private final RestClient rest = new RestClient(server);
    private final StreamsOfStreams streams = new StreamsOfStreams(rest);

    @TempDir
    private Path recordings;

    private NginxRtmp nginx;

    PushMatrixIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        localhost = certificate(folder, "localhost");
        other = certificate(folder, "other.example");
        Path trusted = folder.resolve("trusted.pem");
        Files.writeString(trusted, Files.readString(localhost.pem()) + Files.readString(other.pem()));
        store = S3Server.start(folder.resolve("store"));
        store.bucket("films");
        store.put("films", "heavy.mp4", TestMedia.heavy());
        server = StreamsOfStreams.server("push", store)
                .set("rtmps_ca_file", trusted)
                .start();
        TestMedia.put(TestMedia.flashAndBeep(), server, "flash.mp4");
    }

    private static Certificate certificate(Path folder, String name) throws Exception {
        Certificate made = new Certificate(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=" + name,
                        "-addext",
                        "subjectAltName=DNS:" + name,
                        "-keyout",
                        made.key().toString(),
                        "-out",
                        made.pem().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, openssl.waitFor(), "openssl");
        return made;
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        store.close();
    }

    @AfterEach
    void end() {
        streams.end();
        if (nginx != null) {
            nginx.close();
        }
    }

    private void awaitSent(Answer pushed, int frames) {
        String id = pushed.object().get("mediaSessionId").getAsString();
        Await.until(
                LIMIT,
                () -> sent(id) >= frames,
                () -> rest.get("/push/find_all").body());
    }

    private int sent(String id) {
        for (var each : rest.get("/push/find_all").array()) {
            JsonObject push = each.getAsJsonObject();
            if (push.get("mediaSessionId").getAsString().equals(id)) {
                return push.get("framesSent").getAsInt();
            }
        }
        return 0;
    }

    @Test
    void rtmps_certificateOfTheNameIsTaken_andOfAnotherNameRefused() throws IOException {
        streams.startFilm("flash.mp4");
        try (NginxRtmp wrong = NginxRtmp.start(recordings, other.pem(), other.key())) {
            assertRefused(500, streams.push("film", wrong.tlsUrl("localhost")), "certificate");
            assertRefused(400, streams.push("film", wrong.tlsUrl("127.0.0.1")), "name");
        }
        nginx = NginxRtmp.start(recordings, localhost.pem(), localhost.key());
        Answer right = streams.push("film", nginx.tlsUrl("localhost"));
        assertEquals(200, right.status(), right.body());
        awaitSent(right, 100);
        assertEquals("h264", Probe.stream(nginx.recordings("rtmp_film").get(0), "v:0", "codec_name"));
    }

    private void assertRefused(int status, Answer answer, String word) {
        assertEquals(status, answer.status(), answer.body());
        assertTrue(answer.object().get("message").getAsString().contains(word), answer.body());
        assertEquals(404, rest.get("/push/find_all").status());
    }

    @Test
    void fiveHundredPushes_leaveNothing() throws IOException {
        nginx = NginxRtmp.start(recordings);
        streams.startFilm("flash.mp4");
        long before = 0;
        for (int i = 0; i < PUSHES; i++) {
            before = i == WARM ? residentKb() : before;
            Answer started = streams.push("film", nginx.url());
            assertEquals(200, started.status(), i + ": " + started.body());
            streams.ok("/push/terminate", started.body());
        }
        long more = residentKb() - before;
        System.out.println(more + " KB more after " + (PUSHES - WARM) + " pushes");
        assertTrue(more < MOST_MORE_KB, more + " KB more");
    }

    private static long residentKb() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void filmOfAStore_loopedFilmAndCamera_areMadeOfEachOther() throws IOException {
        nginx = NginxRtmp.start(recordings);
        streams.startFilm("flash.mp4");
        streams.startStored("films/heavy.mp4");
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "PushMatrixIT-camera");
                SegmentPlayers players = new SegmentPlayers(chromium, server, "PushMatrixIT-hls")) {
            camera.start("camera");
            camera.awaitStatus("PUBLISHING", LIMIT);
            streams.startOthers();
            assertEquals(400, rest.post("/mixer/add", """
                    {"uri": "mixer://all", "remoteStreamName": "all-small"}""").status(), "the mix would feed itself");
            for (String source : StreamsOfStreams.PUSHED) {
                Answer pushed = streams.push(source, nginx.url());
                assertEquals(200, pushed.status(), pushed.body());
                awaitSent(pushed, 50);
            }
            int player =
                    players.open(server.http("/hls/all-small/all-small.m3u8").toString(), Map.of());
            players.await(player, LIMIT, state -> state.frames() > 20 && state.width() == 320);
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
        }
        for (String source : StreamsOfStreams.PUSHED) {
            Path recorded = nginx.recordings("rtmp_" + source).get(0);
            assertEquals("h264", Probe.stream(recorded, "v:0", "codec_name"), source);
            assertEquals("aac", Probe.stream(recorded, "a:0", "codec_name"), source);
        }
    }
}
