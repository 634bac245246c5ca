package org.reelcast.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.reelcast.bitstream.BigEndian;

/**
 * AEAD_AES_128_GCM (RFC 7714). What is sent is encrypted by a {@link GcmSealer}; what is received is decrypted by JCE,
 * where a wrong tag is an exception, and a status outside of here.
 */
final class GcmCipher extends PacketCipher {
    private static final int TAG = GcmSealer.TAG;
    private static final int NONCE = GcmSealer.NONCE;
    /** Room for a viewer's reports; a publisher's packets want more. */
    private static final int FIRST_PLAIN = 256;

    private final Side rtp;
    private final Side rtcp;
    private final byte[] word = new byte[4];

    GcmCipher(SrtpKeys keys) {
        KeyDerivation derivation = new KeyDerivation(keys);
        rtp = new Side(
                derivation.deriveKey(KeyDerivation.RTP_CIPHER, 16, "AES"),
                derivation.derive(KeyDerivation.RTP_SALT, NONCE));
        rtcp = new Side(
                derivation.deriveKey(KeyDerivation.RTCP_CIPHER, 16, "AES"),
                derivation.derive(KeyDerivation.RTCP_SALT, NONCE));
    }

    /** Session keys as given, the same for RTP and RTCP: for the standard's test vectors. */
    GcmCipher(byte[] key, byte[] salt) {
        rtp = new Side(new SecretKeySpec(key, "AES"), salt);
        rtcp = new Side(new SecretKeySpec(key, "AES"), salt);
    }

    @Override
    int protectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq) {
        rtp.rtpNonce(ssrc, roc, seq);
        return rtp.encrypt(b, off, clear, length, null);
    }

    @Override
    int unprotectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq) {
        if (length < clear + TAG) {
            return SrtpStatus.INVALID;
        }
        rtp.rtpNonce(ssrc, roc, seq);
        return rtp.decrypt(b, off, clear, length, null);
    }

    /** The tag goes between the text and the word of E flag and index, which is authenticated (section 9.2). */
    @Override
    int protectRtcp(byte[] b, int off, int length, int ssrc, int index) {
        BigEndian.put32(word, 0, E_FLAG | index);
        rtcp.rtcpNonce(ssrc, index);
        int done = rtcp.encrypt(b, off, RTCP_CLEAR, length, word);
        if (done < 0) {
            return done;
        }
        BigEndian.put32(b, off + done, E_FLAG | index);
        return done + 4;
    }

    @Override
    int unprotectRtcp(byte[] b, int off, int length, int ssrc, int index) {
        BigEndian.put32(word, 0, E_FLAG | index);
        rtcp.rtcpNonce(ssrc, index);
        return rtcp.decrypt(b, off, RTCP_CLEAR, length - 4, word);
    }

    @Override
    int rtcpTrailer(byte[] b, int off, int length) {
        return BigEndian.i32(b, off + length - 4);
    }

    /** One key with its salt, nonce and cipher object, made when they are needed: a direction sends or receives. */
    private static final class Side {
        private final SecretKeySpec key;
        private final byte[] salt;
        private final byte[] nonce = new byte[NONCE];
        private GcmSealer sealer;
        private Cipher cipher;
        private byte[] plain;

        private Side(SecretKeySpec key, byte[] salt) {
            this.key = key;
            this.salt = salt;
        }

        /** Section 8.1. */
        private void rtpNonce(int ssrc, int roc, int seq) {
            BigEndian.put32(nonce, 2, ssrc);
            BigEndian.put32(nonce, 6, roc);
            BigEndian.put16(nonce, 10, seq);
            salt();
        }

        /** Section 9.1. */
        private void rtcpNonce(int ssrc, int index) {
            BigEndian.put32(nonce, 2, ssrc);
            BigEndian.put32(nonce, 6, 0);
            BigEndian.put32(nonce, 8, index);
            salt();
        }

        private void salt() {
            nonce[0] = salt[0];
            nonce[1] = salt[1];
            for (int i = 2; i < NONCE; i++) {
                nonce[i] ^= salt[i];
            }
        }

        private int encrypt(byte[] b, int off, int clear, int length, byte[] more) {
            if (sealer == null) {
                sealer = GcmSealers.of(key);
            }
            return sealer.seal(nonce, b, off, clear, length, more);
        }

        private int decrypt(byte[] b, int off, int clear, int length, byte[] more) {
            if (plain == null || plain.length < length) {
                plain = new byte[Math.max(plain == null ? FIRST_PLAIN : 2 * plain.length, length)];
            }
            if (cipher == null) {
                cipher = Ciphers.gcm();
            }
            try {
                cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG * 8, nonce));
                cipher.updateAAD(b, off, clear);
                if (more != null) {
                    cipher.updateAAD(more);
                }
                // into another array: within one JCE allocates a copy
                int n = cipher.doFinal(b, off + clear, length - clear, plain, 0);
                System.arraycopy(plain, 0, b, off + clear, n);
                return clear + n;
            } catch (AEADBadTagException e) {
                return SrtpStatus.AUTH_FAILED;
            } catch (GeneralSecurityException e) {
                return SrtpStatus.INVALID;
            }
        }
    }
}
