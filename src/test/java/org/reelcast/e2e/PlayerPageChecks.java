package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reelcast.e2e.harness.Cases;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.e2e.harness.TestMedia;

/** What a player page does in Chromium, from Start to the film's end. */
abstract class PlayerPageChecks {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration FILM_LIMIT = Duration.ofSeconds(30);

    private final Chromium chromium;
    private final ReelcastProcess server;
    private final String path;
    private PlayerPage player;

    PlayerPageChecks(Chromium chromium, ReelcastProcess server, String path) {
        this.chromium = chromium;
        this.server = server;
        this.path = path;
    }

    @BeforeEach
    void open(TestInfo test) {
        String name = getClass().getSimpleName() + "-"
                + test.getTestMethod().orElseThrow().getName();
        player = new PlayerPage(chromium, server, path, name);
    }

    @AfterEach
    void close() {
        player.close();
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(10));
    }

    static List<String> streams() {
        return Cases.choose(List.of("vod://sample.mp4", "vod-live://sample.mp4"), List.of("vod://sample.mp4"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void playsTheSampleToItsEnd(String stream) {
        player.start(stream);
        player.awaitStatus("PLAYING", START_LIMIT);
        player.awaitStatus("STOPPED", FILM_LIMIT);
        Playback.assertWhole(player.measured().newestPeer(), TestMedia.frames(TestMedia.sample()));
        assertTrue(
                player.measured().scriptErrors().isEmpty(),
                () -> player.measured().scriptErrors().toString());
    }

    @Test
    void missingFile_showsFailedAndWhy() {
        player.start("vod://missing.mp4");
        player.awaitStatus("FAILED", START_LIMIT);
        player.measured().screenshot("failed");
        assertEquals("File not found", player.info());
    }

    @Test
    void stopButton_stopsAndStartPlaysAgainFromTheBeginning() {
        player.start("vod://lengthy.mp4");
        player.awaitStatus("PLAYING", START_LIMIT);
        player.measured().awaitFrames(5);
        player.measured().screenshot("playing");
        player.stop();
        player.awaitStatus("STOPPED", START_LIMIT);
        new RestClient(server).awaitNoStreams(Duration.ofSeconds(5));
        player.start("vod://brief.mp4");
        player.awaitStatus("PLAYING", START_LIMIT);
        player.awaitStatus("STOPPED", FILM_LIMIT);
        assertTrue(
                player.measured().newestPeer().framesDecoded() >= 57,
                player.measured().peers()::toString);
    }
}
