package org.reelcast.webrtc.srtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a packet costs in garbage. */
class SrtpCostTest {
    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void counterMode_allocatesNothingAPacket() {
        assertTrue(allocated(SrtpProfile.AES128_CM_HMAC_SHA1_80) < 64, "bytes a packet");
    }

    @Test
    void gcm_allocatesNothingAPacket() {
        assertTrue(allocated(SrtpProfile.AEAD_AES_128_GCM) < 64, "bytes a packet");
    }

    private long allocated(SrtpProfile profile) {
        int packets = 20_000;
        SrtpWarmUp.run(profile, 1200, packets);
        long before = threads.getCurrentThreadAllocatedBytes();
        SrtpWarmUp.run(profile, 1200, packets);
        return (threads.getCurrentThreadAllocatedBytes() - before) / packets;
    }
}
