package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void rounds_playToTheEndAndLeaveNothing() throws Exception {
        try (WebRtcTransport transport = WebRtcTransport.open(new WebRtcOptions(null,
                InetAddress.getLoopbackAddress(), 0, 0, 1, 10_000, 10_000, 10_000));
                Rehearsal rehearsal = transport.rehearsal()) {
            for (int round = 0; round < 3; round++) {
                rehearsal.play();
                assertEquals(0, transport.peers(), "no figure counts it");
            }
            assertEquals(0, rehearsal.peers());
        }
    }
}
