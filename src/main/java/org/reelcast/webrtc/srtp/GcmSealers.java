package org.reelcast.webrtc.srtp;

import java.util.Arrays;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.spec.SecretKeySpec;
import org.reelcast.webrtc.srtp.jdk.JdkGcm;

/** The choice of a {@link GcmSealer}: the one without garbage where this Java lets us, else the one of every Java. */
public final class GcmSealers {
    private static final Logger LOG = Logger.getLogger(GcmSealers.class.getName());
    private static final int TRIALS = 40;
    private static final int TRIAL_BYTES = 300;
    /** Why packets are not encrypted in place, null when they are; decided once, by trying. */
    private static final String WHY_NOT = whyNot();

    static {
        if (WHY_NOT != null) {
            LOG.warning(mode());
        }
    }

    private GcmSealers() {}

    static GcmSealer of(SecretKeySpec key) {
        return WHY_NOT == null ? new InPlaceGcm(key) : new JceSealer(key);
    }

    /** How packets are encrypted, a sentence for the log and {@code /health}, with what helps when it could be faster. */
    public static String mode() {
        return WHY_NOT == null
                ? "Packets are encrypted in place, without garbage ("
                        + JdkGcm.adapter().orElseThrow() + ")"
                : "Packets are encrypted by JCE, which takes more time and memory for each of them, since " + WHY_NOT;
    }

    private static String whyNot() {
        if (JdkGcm.adapter().isEmpty()) {
            return JdkGcm.whyNot();
        }
        return encrypts() ? null : "the parts of this Java's AES-GCM do not work as those of Java 17 to 25 do";
    }

    /** Whether what is put together of the JDK's parts is what JCE makes. */
    private static boolean encrypts() {
        try {
            Random random = new Random(1);
            byte[] key = new byte[16];
            random.nextBytes(key);
            InPlaceGcm inPlace = new InPlaceGcm(new SecretKeySpec(key, "AES"));
            JceSealer plain = new JceSealer(new SecretKeySpec(key, "AES"));
            byte[] nonce = new byte[GcmSealer.NONCE];
            byte[] more = {1, 2, 3, 4};
            for (int i = 0; i < TRIALS; i++) {
                random.nextBytes(nonce);
                byte[] b = new byte[TRIAL_BYTES + GcmSealer.TAG];
                random.nextBytes(b);
                byte[] other = b.clone();
                int off = i % 13;
                int clear = 8 + i % 5 * 4;
                int length = clear + i * 7 % (TRIAL_BYTES - clear - off);
                int sealed = inPlace.seal(nonce, b, off, clear, length, i % 2 == 0 ? more : null);
                if (plain.seal(nonce, other, off, clear, length, i % 2 == 0 ? more : null) != sealed
                        || !Arrays.equals(b, other)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "Parts of the JDK do not work", e);
            return false;
        }
    }
}
