package org.reelcast.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SelfPlayTest {

    @Test
    void rounds_playToTheEndAndLeaveNothing() throws Exception {
        try (LoopbackTransport loopback = LoopbackTransport.open(1);
                SelfPlay rehearsal = loopback.transport().rehearsal()) {
            for (int round = 0; round < 3; round++) {
                rehearsal.play();
                assertEquals(0, loopback.transport().peers(), "no figure counts it");
            }
            assertEquals(0, rehearsal.peers());
        }
    }
}
