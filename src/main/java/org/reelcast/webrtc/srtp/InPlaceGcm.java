package org.reelcast.webrtc.srtp;

import javax.crypto.spec.SecretKeySpec;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.webrtc.srtp.jdk.JdkGcm;

/**
 * AES-GCM put together (NIST SP 800-38D section 7.1) of the same two parts that JCE uses, which the JIT replaces by
 * AES and carry-less multiplication instructions; but kept from packet to packet: no garbage, and the powers of the
 * hash key are made once a key instead of once a packet.
 */
final class InPlaceGcm extends GcmSealer {
    private static final int BLOCK = 16;
    private static final int FEW_BLOCKS = 4 * BLOCK;

    /** JCE's counter mode, which starts at {@link #start} after each reset. */
    private final Object counterMode;
    /** The nonce and the 32-bit counter 1. */
    private final byte[] start = new byte[BLOCK];

    private final long[] powers;
    private final long[] hash = new long[2];
    /** What is hashed before the text and behind it, padded to whole blocks. */
    private byte[] edge = new byte[FEW_BLOCKS];

    InPlaceGcm(SecretKeySpec key) {
        start[BLOCK - 1] = 1;
        counterMode = JdkGcm.counterMode(key.getEncoded(), start);
        powers = JdkGcm.powers(Ciphers.aesEcb(key.getEncoded()).update(new byte[BLOCK]));
    }

    @Override
    int seal(byte[] nonce, byte[] b, int off, int clear, int length, byte[] more) {
        System.arraycopy(nonce, 0, start, 0, NONCE);
        JdkGcm.reset(counterMode);
        int textAt = off + clear;
        int text = length - clear;
        long mask0;
        long mask1;
        if (textAt >= BLOCK) {
            // the first counter block masks the tag: made where the header ends, which is put back
            int maskAt = textAt - BLOCK;
            long header0 = BigEndian.i64(b, maskAt);
            long header1 = BigEndian.i64(b, maskAt + 8);
            BigEndian.put64(b, maskAt, 0);
            BigEndian.put64(b, maskAt + 8, 0);
            JdkGcm.encrypt(counterMode, b, maskAt, BLOCK + text);
            mask0 = BigEndian.i64(b, maskAt);
            mask1 = BigEndian.i64(b, maskAt + 8);
            BigEndian.put64(b, maskAt, header0);
            BigEndian.put64(b, maskAt + 8, header1);
        } else {
            zeroBlock(0);
            JdkGcm.encrypt(counterMode, edge, 0, BLOCK);
            mask0 = BigEndian.i64(edge, 0);
            mask1 = BigEndian.i64(edge, 8);
            JdkGcm.encrypt(counterMode, b, textAt, text);
        }
        hash(b, off, clear, text, more);
        BigEndian.put64(b, off + length, hash[0] ^ mask0);
        BigEndian.put64(b, off + length + 8, hash[1] ^ mask1);
        return length + TAG;
    }

    /** Section 6.4 over what is clear, the text, and the lengths of both in bits. */
    private void hash(byte[] b, int off, int clear, int text, byte[] more) {
        hash[0] = 0;
        hash[1] = 0;
        int additional = clear + (more == null ? 0 : more.length);
        int padded = padded(additional);
        if (edge.length < padded) {
            edge = new byte[padded];
        }
        if (padded > 0) {
            zeroBlock(padded - BLOCK);
        }
        System.arraycopy(b, off, edge, 0, clear);
        if (more != null) {
            System.arraycopy(more, 0, edge, clear, more.length);
        }
        JdkGcm.hash(edge, 0, padded / BLOCK, hash, powers);
        int rest = text % BLOCK;
        int whole = text - rest;
        JdkGcm.hash(b, off + clear, whole / BLOCK, hash, powers);
        int lengthsAt = padded(rest);
        zeroBlock(0);
        System.arraycopy(b, off + clear + whole, edge, 0, rest);
        BigEndian.put64(edge, lengthsAt, additional * 8L);
        BigEndian.put64(edge, lengthsAt + 8, text * 8L);
        JdkGcm.hash(edge, 0, lengthsAt / BLOCK + 1, hash, powers);
    }

    private void zeroBlock(int at) {
        BigEndian.put64(edge, at, 0);
        BigEndian.put64(edge, at + 8, 0);
    }

    private static int padded(int length) {
        return length + BLOCK - 1 & -BLOCK;
    }
}
