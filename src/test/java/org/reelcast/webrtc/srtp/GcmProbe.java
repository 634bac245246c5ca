package org.reelcast.webrtc.srtp;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** A process of its own for {@link EachJdkTest}: says how this Java encrypts, what comes out of it, and what it costs. */
final class GcmProbe {
    static final int PACKETS = 20_000;

    private GcmProbe() {}

    public static void main(String[] arguments) {
        System.out.println("mode=" + GcmSealers.mode());
        System.out.println("sealed=" + HexFormat.of().formatHex(seal(GcmSealers.of(key()))));
        SrtpWarmUp.run(SrtpProfile.AEAD_AES_128_GCM, 1200, PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        SrtpWarmUp.run(SrtpProfile.AEAD_AES_128_GCM, 1200, PACKETS);
        System.out.println("garbage=" + (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS);
    }

    static SecretKeySpec key() {
        byte[] key = new byte[16];
        key[3] = 7;
        return new SecretKeySpec(key, "AES");
    }

    /** Always the same packet. */
    static byte[] seal(GcmSealer sealer) {
        byte[] packet = new byte[1000 + GcmSealer.TAG];
        for (int i = 0; i < 1000; i++) {
            packet[i] = (byte) (i * 31);
        }
        sealer.seal(new byte[GcmSealer.NONCE], packet, 0, 12, 1000, null);
        return packet;
    }
}
