package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;

/** A film with B-frames, which Chromium itself does not play over WebRTC, with all its pictures. */
@E2e
class BFramesIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final Duration FILM_LIMIT = Duration.ofSeconds(30);

    private final Chromium chromium;
    private final ReelcastProcess server;

    BFramesIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void playsWhole_whileItIsReencodedAndOnceItIs() throws Exception {
        TestMedia.put(TestMedia.withBFrames(), server, "b-frames.mp4");
        for (String name : new String[] {"BFramesIT-cold", "BFramesIT-warm"}) {
            PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, name);
            try {
                player.start("vod://b-frames.mp4");
                player.awaitStatus("PLAYING", START_LIMIT);
                player.measured().awaitFrames(60);
                player.measured().screenshot("playing");
                player.awaitStatus("STOPPED", FILM_LIMIT);
                Playback.assertWhole(player.measured().newestPeer(), TestMedia.frames(TestMedia.withBFrames()));
            } finally {
                player.close();
            }
        }
        assertTrue(server.log().contains("It is B-frame!"));
    }
}
