package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.e2e.harness.Viewers;

/** Personal and shared play-out with real viewers and REST beside them. */
@BesideOthers
@E2e
class VodLiveIT {
    private final Chromium chromium;
    private final ReelcastProcess server;
    private final RestClient rest;
    private Viewers viewers;

    VodLiveIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
        rest = new RestClient(server);
    }

    @BeforeEach
    void open() {
        viewers = new Viewers(chromium, server);
    }

    @AfterEach
    void close() {
        viewers.close();
        rest.awaitNoStreams(Duration.ofSeconds(10));
    }

    @Test
    void startedByRest_playsUnderItsNameAndStopsByRest() {
        start("vod-live://lengthy.mp4", "by-rest", "false");
        int viewer = viewers.play("by-rest");
        viewers.awaitFrames(viewer, 15);
        assertEquals(200, rest.post("/vod/terminate", """
                {"localStreamName": "by-rest"}""").status());
        assertEquals(
                "Stopped by rest /terminate",
                viewers.awaitStatus(viewer, "STOPPED").info());
    }

    @Test
    void viewersOfOneUriShareOneStream() {
        viewers.play("vod-live://lengthy.mp4");
        viewers.play("vod-live://lengthy.mp4");
        assertEquals(1, rest.get("/vod/find_all").array().size());
        assertEquals(
                "vod-live://lengthy.mp4",
                rest.get("/vod/find_all")
                        .array()
                        .get(0)
                        .getAsJsonObject()
                        .get("localStreamName")
                        .getAsString());
    }

    @Test
    void lateViewer_hasAPictureAtOnce() {
        int first = viewers.play("vod-live://lengthy.mp4");
        viewers.awaitFrames(first, 22);
        int late = viewers.play("vod-live://lengthy.mp4");
        long before = System.nanoTime();
        viewers.awaitFrames(late, 1);
        long tookMs = (System.nanoTime() - before) / 1_000_000;
        assertTrue(tookMs < 700, "A picture came only " + tookMs + " ms after PLAYING, key frames are 1 s apart");
        assertEquals(0, viewers.stats(late).pictureLossIndications());
    }

    @Test
    void personalStreamsAreSeparateAndCannotBeJoined() {
        int one = viewers.play("vod://lengthy.mp4");
        viewers.play("vod://lengthy.mp4");
        assertEquals(2, rest.get("/vod/find_all").array().size());
        String id = rest.get("/vod/find_all")
                .array()
                .get(0)
                .getAsJsonObject()
                .get("localMediaSessionId")
                .getAsString();
        assertEquals(
                "Stream not found",
                viewers.awaitStatus(viewers.join(id), "FAILED").info());
        viewers.stop(one);
        assertEquals("Stopped by user", viewers.awaitStatus(one, "STOPPED").info());
        Await.until(
                Duration.ofSeconds(5),
                () -> rest.get("/vod/find_all").array().size() == 1,
                () -> rest.get("/vod/find_all").body());
    }

    @Test
    void personalStream_endsByRest() {
        int viewer = viewers.play("vod://lengthy.mp4");
        assertEquals(200, rest.post("/vod/terminate", """
                {"uri": "vod://lengthy.mp4", "localStreamName": "vod://lengthy.mp4"}""").status());
        assertEquals(
                "Stopped by rest /terminate",
                viewers.awaitStatus(viewer, "STOPPED").info());
    }

    /** Three at a time, side by side. */
    @ParameterizedTest
    @CsvSource({
        "vod://brief.mp4, vod-live://brief.mp4, vod://index-last.mp4",
        "vod://with space.mp4, vod://with%20space.mp4, vod://folder/deeper/brief.mp4"
    })
    void endOfFile_stopsTheViewer(String one, String another, String third) {
        Map<String, Integer> playing = new LinkedHashMap<>();
        List.of(one, another, third).forEach(name -> playing.put(name, viewers.play(name)));
        playing.forEach((name, viewer) -> {
            PeerStats stats = viewers.statsAtEnd(viewer);
            assertEquals(
                    "Stopped by publisher stop",
                    viewers.awaitStatus(viewer, "STOPPED").info(),
                    name);
            assertTrue(stats.framesReceived() >= 0.95 * TestMedia.frames(TestMedia.brief()), () -> name + stats);
        });
    }

    @Test
    void oneTrackOnly_plays() {
        int video = viewers.play("vod://video-only.mp4");
        int audio = viewers.play("vod://audio-only.mp4");
        PeerStats silent = viewers.statsAtEnd(video);
        PeerStats blind = viewers.statsAtEnd(audio);
        assertTrue(silent.framesReceived() >= 57, silent::toString);
        assertEquals(0, blind.framesDecoded(), blind::toString);
        // 4 s in packets of 40 ms
        assertTrue(blind.packetsReceived() > 95, blind::toString);
    }

    @Test
    void lastViewerLeft_streamEndsAfterTheTimeoutAndNotBefore() {
        start("vod-live://lengthy.mp4", "waiting", "false");
        int viewer = viewers.play("waiting");
        viewers.stop(viewer);
        viewers.awaitStatus(viewer, "STOPPED");
        assertEquals(200, rest.get("/vod/find_all").status());
        int second = viewers.play("waiting");
        viewers.awaitFrames(second, 30);
        viewers.leave(second);
        rest.awaitNoStreams(Duration.ofSeconds(6));
    }

    @Test
    void truncatedFile_playsUpToTheBreakOrIsRefusedByName() {
        int viewer = viewers.join("vod://truncated-data.mp4");
        String info = viewers.awaitStatus(viewer, "FAILED").info();
        assertTrue(
                List.of("Failed to read file", "Got exception while streaming file")
                        .contains(info),
                info);
    }

    private void start(String uri, String name, String loop) {
        assertEquals(
                200, rest.post("/vod/startup", """
                {"uri": "%s", "localStreamName": "%s", "loop": %s}""".formatted(uri, name, loop)).status());
    }
}
