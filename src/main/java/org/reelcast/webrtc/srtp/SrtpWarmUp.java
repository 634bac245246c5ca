package org.reelcast.webrtc.srtp;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Random;
import org.reelcast.bitstream.BigEndian;

/**
 * Encrypts for nobody until the JIT has compiled JCE's crypto: interpreted it is a hundred times slower, which the
 * first viewers would feel.
 */
public final class SrtpWarmUp {
    private static final int COMPOUND = 64;
    private static final int SHORT = 300;
    private static final int LONG = 1200;
    private static final int HEADER = 12;
    private static final int BEHIND = 32;
    private static final int BATCH = 50_000;
    private static final int PROBE = 500;
    /** Compiled code with AES instructions takes 330 ns for GCM and 1300 for the other; interpreted 4000 to 100 000. */
    private static final int FAST_NS = 3000;

    private SrtpWarmUp() {}

    /**
     * Encrypts until it is fast or {@code maxMs} have passed. By measurement 320 000 packets of 300 bytes are enough
     * for GCM (0.4 s of CPU; with longer packets it takes twice that), fewer for the other profile. Where the JVM compiles
     * nothing for speed, a short look at whether encryption works has to do.
     *
     * @return nanoseconds of CPU a packet of 1200 bytes at the end
     */
    public static long untilFast(SrtpProfile profile, int maxMs) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean worthIt = compilesForSpeed(System.getProperty("java.vm.info", ""));
        long deadline = System.nanoTime() + maxMs * 1_000_000L;
        long nanos;
        do {
            run(profile, SHORT, worthIt ? BATCH : PROBE);
            long before = threads.getCurrentThreadCpuTime();
            run(profile, LONG, PROBE);
            nanos = (threads.getCurrentThreadCpuTime() - before) / PROBE;
        } while (worthIt && nanos > FAST_NS && System.nanoTime() < deadline);
        return nanos;
    }

    /** @param vmInfo of HotSpot: it says when Java was told to do with its quick compiler alone, or without any */
    static boolean compilesForSpeed(String vmInfo) {
        return !vmInfo.contains("emulated-client") && !vmInfo.contains("interpreted");
    }

    /** Encrypts so many packets of that size, at least 12 bytes each, at an array's start or behind others. */
    static void run(SrtpProfile profile, int size, int packets) {
        byte[] material = new byte[profile.materialLength()];
        new Random(1).nextBytes(material);
        SrtpSender sender = new SrtpSender(SrtpKeys.fromDtls(profile, material, false));
        byte[] b = new byte[BEHIND + size + profile.rtpOverhead()];
        byte[] compound = new byte[BEHIND + COMPOUND + profile.rtcpOverhead()];
        for (int i = 0; i < packets; i++) {
            int at = i % 10 == 0 ? 0 : BEHIND;
            Arrays.fill(b, at, at + HEADER, (byte) 0);
            b[at] = (byte) 0x80;
            BigEndian.put16(b, at + 2, i);
            if (sender.protectRtp(b, at, size) < 0 || (i & 63) == 0 && sender.protectRtcp(compound, at, COMPOUND) < 0) {
                throw new IllegalStateException("Encryption by " + profile + " fails on this machine");
            }
        }
    }
}
