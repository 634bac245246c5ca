package org.reelcast.webrtc.srtp;

import java.util.Arrays;
import java.util.Random;
import java.util.logging.Logger;
import javax.crypto.spec.SecretKeySpec;

/** The choice of a {@link GcmSealer}: the one without garbage where this Java lets us, else the one of every Java. */
final class GcmSealers {
    private static final Logger LOG = Logger.getLogger(GcmSealers.class.getName());
    private static final int TRIALS = 40;
    private static final int TRIAL_BYTES = 300;
    /** Whether packets are encrypted in place; decided once, by trying. */
    private static final boolean IN_PLACE = JdkGcmInternals.FOUND && encrypts();

    private GcmSealers() {
    }

    static GcmSealer of(SecretKeySpec key) {
        return IN_PLACE ? new InPlaceGcm(key) : new JceSealer(key);
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
                    LOG.info("Packets are encrypted by JCE as it is: its parts do not work as expected");
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            LOG.info("Packets are encrypted by JCE as it is: " + e.getMessage());
            return false;
        }
    }
}
