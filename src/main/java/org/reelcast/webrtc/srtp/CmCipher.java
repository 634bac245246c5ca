package org.reelcast.webrtc.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.reelcast.bitstream.BigEndian;

/**
 * AES_CM_128_HMAC_SHA1_80 (RFC 3711 sections 4.1.1 and 4.2.1). The key stream is made by AES over a run of counter
 * blocks, so the cipher object is initialised once and a packet allocates nothing.
 */
final class CmCipher extends PacketCipher {
    private static final int TAG = 10;
    private static final int CHUNK = 512;

    private final Side rtp;
    private final Side rtcp;

    CmCipher(SrtpKeys keys) {
        KeyDerivation derivation = new KeyDerivation(keys);
        rtp = new Side(derivation, KeyDerivation.RTP_CIPHER, KeyDerivation.RTP_AUTH, KeyDerivation.RTP_SALT);
        rtcp = new Side(derivation, KeyDerivation.RTCP_CIPHER, KeyDerivation.RTCP_AUTH, KeyDerivation.RTCP_SALT);
    }

    @Override
    int protectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq) {
        rtp.crypt(b, off + clear, length - clear, ssrc, index(roc, seq));
        rtp.authenticate(b, off, length, roc, true);
        System.arraycopy(rtp.digest, 0, b, off + length, TAG);
        return length + TAG;
    }

    @Override
    int unprotectRtp(byte[] b, int off, int clear, int length, int ssrc, int roc, int seq) {
        int text = length - TAG;
        if (text < clear) {
            return SrtpStatus.INVALID;
        }
        rtp.authenticate(b, off, text, roc, true);
        if (!rtp.isTag(b, off + text)) {
            return SrtpStatus.AUTH_FAILED;
        }
        rtp.crypt(b, off + clear, text - clear, ssrc, index(roc, seq));
        return text;
    }

    @Override
    int protectRtcp(byte[] b, int off, int length, int ssrc, int index) {
        rtcp.crypt(b, off + RTCP_CLEAR, length - RTCP_CLEAR, ssrc, index);
        BigEndian.put32(b, off + length, E_FLAG | index);
        rtcp.authenticate(b, off, length + 4, 0, false);
        System.arraycopy(rtcp.digest, 0, b, off + length + 4, TAG);
        return length + 4 + TAG;
    }

    @Override
    int unprotectRtcp(byte[] b, int off, int length, int ssrc, int index) {
        int text = length - TAG - 4;
        rtcp.authenticate(b, off, text + 4, 0, false);
        if (!rtcp.isTag(b, off + text + 4)) {
            return SrtpStatus.AUTH_FAILED;
        }
        rtcp.crypt(b, off + RTCP_CLEAR, text - RTCP_CLEAR, ssrc, index);
        return text;
    }

    @Override
    int rtcpTrailer(byte[] b, int off, int length) {
        return BigEndian.i32(b, off + length - TAG - 4);
    }

    private static long index(int roc, int seq) {
        return (roc & 0xFFFF_FFFFL) << 16 | seq;
    }

    /** One set of session keys with its reused objects. */
    private static final class Side {
        private final Cipher aes;
        private final Mac mac;
        private final byte[] salt;
        private final byte[] digest = new byte[20];
        private final byte[] counters = new byte[CHUNK];
        private final byte[] stream = new byte[CHUNK];
        private final byte[] iv = new byte[16];
        private final byte[] word = new byte[4];

        private Side(KeyDerivation derivation, int cipher, int auth, int salt) {
            this.aes = Ciphers.aesEcb(derivation.derive(cipher, 16));
            this.mac = Ciphers.hmacSha1(derivation.deriveKey(auth, 20, "HmacSHA1"));
            this.salt = derivation.derive(salt, 14);
        }

        /** Encrypts or decrypts; IV = salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16. */
        private void crypt(byte[] b, int off, int length, int ssrc, long index) {
            System.arraycopy(salt, 0, iv, 0, 14);
            for (int i = 0; i < 4; i++) {
                iv[4 + i] ^= (byte) (ssrc >> 24 - 8 * i);
            }
            for (int i = 0; i < 6; i++) {
                iv[8 + i] ^= (byte) (index >> 40 - 8 * i);
            }
            int block = 0;
            for (int done = 0; done < length; done += CHUNK) {
                int n = Math.min(CHUNK, length - done);
                int padded = (n + 15) & ~15;
                for (int at = 0; at < padded; at += 16, block++) {
                    System.arraycopy(iv, 0, counters, at, 14);
                    BigEndian.put16(counters, at + 14, block);
                }
                encryptCounters(padded);
                for (int i = 0; i < n; i++) {
                    b[off + done + i] ^= stream[i];
                }
            }
        }

        private void encryptCounters(int length) {
            try {
                aes.update(counters, 0, length, stream, 0);
            } catch (ShortBufferException e) {
                throw new IllegalStateException("The key stream fits its buffer", e);
            }
        }

        private void authenticate(byte[] b, int off, int length, int roc, boolean withRoc) {
            try {
                mac.update(b, off, length);
                if (withRoc) {
                    BigEndian.put32(word, 0, roc);
                    mac.update(word);
                }
                mac.doFinal(digest, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("A digest fits its buffer", e);
            }
        }

        /** In constant time. */
        private boolean isTag(byte[] b, int at) {
            int difference = 0;
            for (int i = 0; i < TAG; i++) {
                difference |= digest[i] ^ b[at + i];
            }
            return difference == 0;
        }
    }
}
