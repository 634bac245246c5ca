package org.reelcast.webrtc.srtp;

import java.util.Random;

/**
 * Encrypts for nobody until the JIT has compiled JCE's crypto: interpreted it is a hundred times slower, which the first
 * viewers would feel.
 */
public final class SrtpWarmUp {
    private static final int COMPOUND = 64;

    private SrtpWarmUp() {
    }

    /**
     * By measurement 320 000 packets of 300 bytes are enough for GCM (0.4 s of CPU; with longer packets it takes
     * twice that), fewer for the other profile.
     *
     * @param size of the packets, at least 12 bytes
     * @return nanoseconds a packet, mean over the last tenth
     */
    public static long run(SrtpProfile profile, int size, int packets) {
        byte[] material = new byte[profile.materialLength()];
        new Random(1).nextBytes(material);
        SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, material, false));
        byte[] b = new byte[size + profile.rtpOverhead()];
        byte[] compound = new byte[COMPOUND + profile.rtcpOverhead()];
        int sent = 0;
        int last = Math.max(1, packets / 10);
        long start = 0;
        for (int i = 0; i < packets; i++) {
            if (i == packets - last) {
                start = System.nanoTime();
            }
            b[0] = (byte) 0x80;
            b[2] = (byte) (i >> 8);
            b[3] = (byte) i;
            sent += sender.protectRtp(b, 0, size) > 0 ? 1 : 0;
            if ((i & 63) == 0 && sender.protectRtcp(compound, 0, COMPOUND) < 0) {
                throw new IllegalStateException("RTCP cannot be encrypted on this machine");
            }
        }
        if (sent != packets) {
            throw new IllegalStateException("Encryption fails on this machine: " + sent + " of " + packets);
        }
        return (System.nanoTime() - start) / last;
    }
}
