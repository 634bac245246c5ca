package org.reelcast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reelcast.e2e.harness.BesideOthers;
import org.reelcast.e2e.harness.E2e;
import org.reelcast.e2e.harness.ForeignClient;
import org.reelcast.e2e.harness.ReelcastProcess;
import org.reelcast.e2e.harness.SignallingClient;
import org.reelcast.e2e.harness.SignallingClient.Message;
import org.reelcast.e2e.harness.TestMedia;
import org.reelcast.webrtc.client.ClientNetwork;
import org.reelcast.webrtc.client.ClientOptions;
import org.reelcast.webrtc.client.HeardAudio;
import org.reelcast.webrtc.client.LightClient;
import org.reelcast.webrtc.srtp.SrtpProfile;

/**
 * WebRTC stacks that are no browser's play a film to its end, and offers of others get what they ask for; {@link
 * InteropFilmsIT} has more of them.
 */
@BesideOthers
@E2e
class InteropIT {
    private final ReelcastProcess server;

    InteropIT(ReelcastProcess server) {
        this.server = server;
    }

    @Test
    void film_playsToItsEnd_withPictureAndSound() {
        int pictures = TestMedia.frames(TestMedia.sample());
        ForeignClient.all(client -> client.play(server, "vod://sample.mp4", 20), (client, played) -> {
            assertEquals("STOPPED Stopped by publisher stop", played.status() + " " + played.info());
            assertTrue(played.video() >= 0.9 * pictures, played + " of " + pictures + " pictures");
            assertTrue(played.audio() >= 50, played.toString());
        });
    }

    @Test
    void sound_isWithinTheLimitsOfTheOffer() throws Exception {
        try (ClientNetwork network = new ClientNetwork(1, List.of(SrtpProfile.AEAD_AES_128_GCM.id()));
                SignallingClient signalling = SignallingClient.connect(server.wsUrl())) {
            List<HeardAudio> all = new ArrayList<>();
            for (String stream : List.of("vod://sample.mp4", "vod-live://sample.mp4")) {
                HeardAudio heard = new HeardAudio(100);
                LightClient viewer = new LightClient(network, ClientOptions.full(heard));
                String id = UUID.randomUUID().toString();
                signalling.playStream(
                        id,
                        stream,
                        viewer.offer().replace("useinbandfec=1", "useinbandfec=1;maxaveragebitrate=24000;stereo=0"));
                Message answer = signalling.await(
                        "setRemoteSDP", m -> id.equals(m.data().get(0).getAsString()));
                viewer.accept(answer.data().get(1).getAsString());
                all.add(heard);
            }
            for (HeardAudio heard : all) {
                heard.done().get(20, TimeUnit.SECONDS);
                assertTrue(heard.bitsPerSecond() <= 25_000, heard.bitsPerSecond() + " bit/s");
                assertFalse(heard.isStereo());
            }
        }
    }
}
