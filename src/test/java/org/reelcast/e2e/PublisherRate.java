package org.reelcast.e2e;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.BadLink;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.RecorderPage;
import org.reelcast.e2e.harness.ReelcastProcess;

/**
 * What Chromium sends of a camera of 1280x720 over ways of several widths, second by second. A measurement, run by
 * hand: {@code mvn verify -Dit.test=PublisherRate}.
 */
@E2e
class PublisherRate {
    private static final long NARROW_BPS = 700_000;

    private final Chromium chromium;
    private final ReelcastProcess server;

    PublisherRate(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void good_narrow_good_lossy() throws InterruptedException {
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "PublisherRate");
                BadLink link = new BadLink(camera.measured())) {
            link.delays(15);
            start(camera);
            phase("good", 12, camera, link);
            phase("narrow", 20, camera, link.carries(NARROW_BPS));
            phase("good again", 25, camera, link.carries(Long.MAX_VALUE));
            phase("5 % lost", 10, camera, link.loses(0.05));
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", Duration.ofSeconds(15));
        }
    }

    @Test
    void narrowFromTheStart() throws InterruptedException {
        try (RecorderPage camera = new RecorderPage(chromium, server, RecorderPage.BUNDLED, "PublisherRate");
                BadLink link = new BadLink(camera.measured())) {
            link.delays(15).carries(NARROW_BPS);
            start(camera);
            phase("narrow from the start", 15, camera, link);
            camera.stop();
            camera.awaitStatus("UNPUBLISHED", Duration.ofSeconds(15));
        }
    }

    private static void start(RecorderPage camera) {
        camera.measured().addScript("/e2e/busycamera.js");
        camera.start("rate");
        camera.awaitStatus("PUBLISHING", Duration.ofSeconds(15));
    }

    private static void phase(String name, int seconds, RecorderPage camera, BadLink link) throws InterruptedException {
        System.out.println(name);
        PeerStats before = camera.measured().newestPeer();
        for (int i = 1; i <= seconds; i++) {
            Thread.sleep(1000);
            PeerStats now = camera.measured().newestPeer();
            System.out.printf(
                    "%3d s: sends %5d kbit/s, target %5d, way %5d, width %d, %2.0f/s, limited by %s, "
                            + "%d key frames, lost %d%n",
                    i,
                    (now.videoBytesSent() - before.videoBytesSent()) * 8 / 1000,
                    now.targetBitrate() / 1000,
                    now.outgoingBitrate() / 1000,
                    now.sentWidth(),
                    now.sentFramesPerSecond(),
                    now.limitedBy(),
                    now.keyFramesSent(),
                    link.lost());
            before = now;
        }
    }
}
