package org.reelcast.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM as JCE has it: it wants a fresh parameter object a packet and makes a fresh engine of it, a kilobyte of
 * garbage each.
 */
final class JceSealer extends GcmSealer {
    private final SecretKeySpec key;
    private final byte[] last = new byte[NONCE];
    private final Cipher cipher = Ciphers.gcm();
    private boolean used;

    JceSealer(SecretKeySpec key) {
        this.key = key;
    }

    @Override
    int seal(byte[] nonce, byte[] b, int off, int clear, int length, byte[] more) {
        try {
            if (used && Arrays.equals(nonce, last)) {
                allowSameNonce();
            }
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
            used = true;
            System.arraycopy(nonce, 0, last, 0, NONCE);
            cipher.updateAAD(b, off, clear);
            if (more != null) {
                cipher.updateAAD(more);
            }
            return clear + cipher.doFinal(b, off + clear, length - clear, b, off + clear);
        } catch (GeneralSecurityException e) {
            return SrtpStatus.INVALID;
        }
    }

    /**
     * A retransmission is the very same packet under the same nonce and gives the very same bytes, but JCE refuses
     * the nonce it saw last: show it another one in between.
     */
    private void allowSameNonce() throws GeneralSecurityException {
        last[0] ^= (byte) 0x80;
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG * 8, last));
    }
}
