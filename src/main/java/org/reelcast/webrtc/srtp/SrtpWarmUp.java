package org.reelcast.webrtc.srtp;

import java.util.Random;

/**
 * Encrypts for nobody until the JIT has compiled JCE's crypto: interpreted it is a hundred times slower, which the first
 * viewers would feel.
 */
public final class SrtpWarmUp {
    private static final int PACKET = 1200;

    private SrtpWarmUp() {
    }

    /** @return nanoseconds a packet of 1200 bytes under {@code profile}, at the end of {@code packets} of them */
    public static long run(SrtpProfile profile, int packets) {
        byte[] material = new byte[profile.materialLength()];
        new Random(1).nextBytes(material);
        SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, material, false));
        byte[] b = new byte[PACKET + profile.rtcpOverhead()];
        int last = Math.max(1, packets / 10);
        long start = 0;
        for (int i = 0; i < packets; i++) {
            if (i == packets - last) {
                start = System.nanoTime();
            }
            b[0] = (byte) 0x80;
            b[2] = (byte) (i >> 8);
            b[3] = (byte) i;
            sender.protectRtp(b, 0, PACKET);
            if ((i & 63) == 0) {
                sender.protectRtcp(b, 0, 64);
            }
        }
        return (System.nanoTime() - start) / last;
    }
}
