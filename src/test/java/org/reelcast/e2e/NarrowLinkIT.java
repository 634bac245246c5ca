package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.Await;
import org.reelcast.e2e.harness.Chromium;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.PeerStats;
import org.reelcast.e2e.harness.PlayerPage;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.RestClient;
import org.reelcast.webrtc.client.NarrowLink;

/** Chromium behind a link that carries half of the film: it hears of it, and gets key frames and all of the sound. */
@E2e
class NarrowLinkIT {
    /** The sample film has 850 kbit/s, its key frames and sound 300. */
    private static final long HALF_BPS = 450_000;

    private static final long QUEUE_MS = 300;
    private static final int KEY_FRAMES = 4;
    private static final String THROUGH_THE_LINK = """
            () => {
              const set = RTCPeerConnection.prototype.setRemoteDescription;
              RTCPeerConnection.prototype.setRemoteDescription = async function (description) {
                return set.call(this, {type: description.type, sdp: await window.throughTheLink(description.sdp)});
              };
            }""";

    private final Chromium chromium;
    private final ReelcastProcess server;

    NarrowLinkIT(Chromium chromium, ReelcastProcess server) {
        this.chromium = chromium;
        this.server = server;
    }

    @Test
    void viewerOnANarrowLink_isToldAndGetsKeyFramesAndSound() throws IOException {
        RestClient rest = new RestClient(server);
        assertEquals(200, rest.post("/vod/startup", """
                {"uri": "vod-live://sample.mp4", "localStreamName": "narrow", "loop": "true"}""").status());
        try (NarrowLink link = new NarrowLink(HALF_BPS, QUEUE_MS);
                PlayerPage player = new PlayerPage(chromium, server, PlayerPage.BUNDLED, "narrow-link")) {
            Page page = player.measured().page();
            page.exposeFunction("throughTheLink", answer -> link.through((String) answer[0]));
            page.evaluate(THROUGH_THE_LINK);
            player.start("narrow");
            player.awaitStatus("PLAYING", Duration.ofSeconds(10));
            awaitInfo(player, "Slow network");

            PeerStats before = player.measured().newestPeer();
            player.measured().awaitFrames(before.framesDecoded() + KEY_FRAMES);
            PeerStats after = player.measured().newestPeer();
            assertTrue(after.audioEnergy() > before.audioEnergy(), "sound: " + after);
            assertTrue(link.lost() > 0, "the link was too wide");
            player.stop();
        }
        rest.post("/vod/terminate", """
                {"localStreamName": "narrow"}""");
        rest.awaitNoStreams(Duration.ofSeconds(5));
    }

    private static void awaitInfo(PlayerPage player, String text) {
        Await.until(
                Duration.ofSeconds(40),
                () -> player.info().contains(text),
                () -> "The page says '" + player.info() + "': "
                        + player.measured().newestPeer());
    }
}
