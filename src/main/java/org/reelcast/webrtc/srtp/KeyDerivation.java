package org.reelcast.webrtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.reelcast.bitstream.BigEndian;

/** The session keys of one direction by AES in counter mode with a key derivation rate of 0 (RFC 3711 section 4.3). */
final class KeyDerivation {
    static final int RTP_CIPHER = 0;
    static final int RTP_AUTH = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_CIPHER = 3;
    static final int RTCP_AUTH = 4;
    static final int RTCP_SALT = 5;

    private final Cipher aes;
    private final byte[] salt;

    KeyDerivation(SrtpKeys keys) {
        aes = Ciphers.aesEcb(keys.key());
        // a salt of 12 bytes counts as one of 14 that ends in zeros (RFC 7714 section 11)
        salt = Arrays.copyOf(keys.salt(), 14);
    }

    byte[] derive(int label, int length) {
        byte[] block = Arrays.copyOf(salt, 16);
        block[7] ^= (byte) label;
        int blocks = (length + 15) / 16;
        byte[] counters = new byte[blocks * 16];
        for (int i = 0; i < blocks; i++) {
            BigEndian.put16(block, 14, i);
            System.arraycopy(block, 0, counters, i * 16, 16);
        }
        try {
            return Arrays.copyOf(aes.doFinal(counters), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES of whole blocks cannot fail", e);
        }
    }

    SecretKeySpec deriveKey(int label, int length, String algorithm) {
        return new SecretKeySpec(derive(label, length), algorithm);
    }
}
