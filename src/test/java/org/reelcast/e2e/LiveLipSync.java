package org.reelcast.e2e;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/**
 * How far sound and picture of a published stream are apart at a viewer, second by second. A measurement, run by hand:
 * {@code mvn verify -Dit.test=LiveLipSync}.
 */
@E2e
class LiveLipSync {
    private static final int VIEWERS = 4;
    private static final int SECONDS = 10;

    private final Chromium chromium;
    private final ReelcastProcess server;

    LiveLipSync(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void oneViewerAfterTheOther() throws InterruptedException {
        Duration limit = Duration.ofSeconds(15);
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.FLASHPHONER, "LiveLipSync-camera")) {
            camera.start("live");
            camera.awaitStatus("PUBLISHING", limit);
            for (int i = 0; i < VIEWERS; i++) {
                try (PlayerPage viewer = new PlayerPage(chromium, server, PlayerPage.FLASHPHONER, "LiveLipSync")) {
                    viewer.start("live");
                    viewer.awaitStatus("PLAYING", limit);
                    StringBuilder line = new StringBuilder("sound after picture, ms:");
                    for (int second = 1; second <= SECONDS; second++) {
                        Thread.sleep(1000);
                        line.append(String.format(
                                " %4.0f", -viewer.measured().newestPeer().latestLipSyncMs()));
                    }
                    System.out.println(line);
                }
            }
        }
    }
}
