package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignClient;
import org.reelcast.e2e.harness.ForeignClient.Played;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.TestMedia;

/** WebRTC stacks that are no browser's play a film to its end; {@link InteropFilmsIT} has more of them. */
@E2e
class InteropIT {
    private final ReelcastProcess server;

    InteropIT(ReelcastProcess server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource
    void film_playsToItsEnd_withPictureAndSound(ForeignClient client) {
        Played played = client.play(server, "vod://sample.mp4", 20);
        assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info(), played.toString());
        int pictures = TestMedia.frames(TestMedia.sample());
        assertTrue(played.video() >= 0.9 * pictures, played + " of " + pictures + " pictures");
        assertTrue(played.audio() >= 50, played.toString());
    }
}
