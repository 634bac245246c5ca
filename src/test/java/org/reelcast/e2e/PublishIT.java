package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BadLink;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.mp4.write.Probe;

/** Browsers publish, others watch: Chromium with a fake camera and Flashphoner's unmodified pages. */
@BesideOthers
@E2e
class PublishIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Chromium chromium;
    private final ReelcastProcess server;

    PublishIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    private RecorderPage recorder(String name) {
        return new RecorderPage(chromium, server, RecorderPage.FLASHPHONER, "PublishIT-" + name);
    }

    private PlayerPage player(String name) {
        return new PlayerPage(chromium, server, PlayerPage.FLASHPHONER, "PublishIT-" + name);
    }

    @Test
    void publishedStream_isWatchedByNameAtOnceAndEndsWithItsPublisher() {
        try (RecorderPage camera = recorder("camera");
                PlayerPage viewer = player("viewer")) {
            camera.start("cam1");
            camera.awaitStatus("PUBLISHING", LIMIT);
            viewer.start("cam1");
            viewer.awaitStatus("PLAYING", LIMIT);
            viewer.measured().awaitFrames(100);
            viewer.measured().screenshot("watching");
            PeerStats seen = viewer.measured().newestPeer();
            assertTrue(seen.audioEnergy() > 0, "the beep is not heard");
            // browsers bring sound and picture together by some 10 ms a second, and nobody can send live sound ahead
            Await.until(
                    Duration.ofSeconds(30),
                    () -> Math.abs(viewer.measured().newestPeer().latestLipSyncMs()) < 80,
                    () -> "Sound and picture stay apart: " + viewer.measured().newestPeer());
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            viewer.awaitStatus("STOPPED", LIMIT);
            assertTrue(
                    camera.measured().scriptErrors().isEmpty(),
                    () -> camera.measured().scriptErrors().toString());
        }
    }

    @Test
    void goodLink_getsTheFullRate() {
        try (RecorderPage camera = recorder("rate")) {
            camera.start("cam2");
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(
                    LIMIT,
                    () -> camera.measured().newestPeer().framesSent() > 150,
                    () -> camera.measured().newestPeer().toString());
            PeerStats sent = camera.measured().newestPeer();
            System.out.printf(
                    "%d frames sent, %d key frames, target %d bit/s, path %d bit/s, limited by %s%n",
                    sent.framesSent(),
                    sent.keyFramesSent(),
                    sent.targetBitrate(),
                    sent.outgoingBitrate(),
                    sent.limitedBy());
            assertTrue(!sent.limitedBy().equals("bandwidth"), sent::toString);
            assertTrue(sent.outgoingBitrate() >= 2_500_000, sent::toString);
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.10})
    void wayThatLoses_leavesNothingBrokenInTheRecording(double loss) throws Exception {
        try (RecorderPage camera = recorder("lossy");
                BadLink link = new BadLink(camera.measured())) {
            link.delays(15).loses(loss);
            camera.start("lossy");
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(
                    LIMIT,
                    () -> camera.measured().newestPeer().framesSent() > 120,
                    () -> camera.measured().newestPeer().toString());
            link.loses(0);
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            PeerStats sent = camera.measured().newestPeer();
            Path film = server.home()
                    .resolve("records")
                    .resolve(camera.link().substring(camera.link().lastIndexOf('/') + 1));
            System.out.printf(
                    "%.0f %% lost: %d of %d frames, %.3f of %.3f s, %d packets lost%n",
                    loss * 100,
                    TestMedia.frames(film),
                    sent.framesSent(),
                    Probe.duration(film),
                    sent.audioPacketsSent() * 0.02,
                    link.lost());
            Probe.decodesCleanly(film);
            assertTrue(link.lost() > 20, "packets lost: " + link.lost());
            assertEquals(sent.framesSent(), TestMedia.frames(film), 0.1 * sent.framesSent(), "frames");
            assertEquals(sent.audioPacketsSent() * 0.02, Probe.duration(film), 0.3, "seconds");
        }
    }

    @Test
    void nameThatIsTaken_fails() {
        try (RecorderPage first = recorder("first");
                RecorderPage second = recorder("second")) {
            first.start("cam3");
            first.awaitStatus("PUBLISHING", LIMIT);
            second.start("cam3");
            second.awaitStatus("FAILED", LIMIT);
            assertEquals("Stream name is already in use", second.info());
        }
    }

    @Test
    void rest_findsAPublishedStreamAndEndsIt() {
        RestClient rest = new RestClient(server);
        try (RecorderPage camera = recorder("rest")) {
            assertEquals(404, rest.post("/stream/find", "{\"name\":\"cam5\"}").status());
            camera.start("cam5");
            camera.awaitStatus("PUBLISHING", LIMIT);
            Await.until(
                    LIMIT,
                    () -> found(rest).get("width").getAsInt() == 320,
                    () -> found(rest).toString());
            JsonObject stream = found(rest);
            assertEquals("PUBLISHING", stream.get("status").getAsString());
            assertTrue(
                    stream.get("published").getAsBoolean()
                            && stream.get("record").getAsBoolean(),
                    stream::toString);
            assertEquals(
                    200,
                    rest.post("/stream/terminate", "{\"mediaSessionId\":" + stream.get("mediaSessionId") + "}")
                            .status());
            camera.awaitStatus("UNPUBLISHED", LIMIT);
            assertEquals(
                    404, rest.post("/stream/terminate", "{\"name\":\"cam5\"}").status());
        }
    }

    private static JsonObject found(RestClient rest) {
        return rest.post("/stream/find", "{\"name\":\"cam5\"}").array().get(0).getAsJsonObject();
    }

    @Test
    void publisherWhoClosesTheTab_leavesItsFilmAndNothingElse() throws Exception {
        String start;
        PlayerPage viewer = player("left");
        try (viewer) {
            try (RecorderPage camera = recorder("leaves")) {
                camera.start("cam4");
                camera.awaitStatus("PUBLISHING", LIMIT);
                viewer.start("cam4");
                viewer.awaitStatus("PLAYING", LIMIT);
                viewer.measured().awaitFrames(30);
                start = "stream-"
                        + new RestClient(server)
                                .post("/stream/find", "{\"name\":\"cam4\"}")
                                .array()
                                .get(0)
                                .getAsJsonObject()
                                .get("mediaSessionId")
                                .getAsString()
                        + "--";
            }
            viewer.awaitStatus("STOPPED", LIMIT);
        }
        Path records = server.home().resolve("records");
        Await.until(LIMIT, () -> finished(records, start).isPresent(), () -> start + "….mp4 is not finished");
        Probe.decodesCleanly(finished(records, start).orElseThrow());
    }

    private static Optional<Path> finished(Path records, String start) {
        try (Stream<Path> films = Files.list(records)) {
            return films.filter(
                            film -> film.getFileName().toString().matches(Pattern.quote(start) + "[0-9a-f]{32}\\.mp4"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
