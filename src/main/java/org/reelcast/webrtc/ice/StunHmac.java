package org.reelcast.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.reelcast.bitstream.BigEndian;

/** HMAC-SHA1 under a short-term password (RFC 8489 section 9.1.1), reused from message to message. */
public final class StunHmac {
    private final Mac mac;
    private final byte[] lengths = new byte[4];
    private final byte[] digest = new byte[20];

    /** @param password the {@code ice-pwd} of who receives the request (RFC 8445 section 7.2.2) */
    public StunHmac(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA1", e);
        }
    }

    /**
     * Over a message that ends where its MESSAGE-INTEGRITY begins, with the header's length as if it ended behind it.
     *
     * @param length bytes before MESSAGE-INTEGRITY
     * @return 20 bytes, valid until the next call
     */
    byte[] over(byte[] b, int off, int length) {
        try {
            BigEndian.put16(lengths, 0, BigEndian.u16(b, off));
            BigEndian.put16(lengths, 2, length - Stun.HEADER + 24);
            mac.update(lengths);
            mac.update(b, off + 4, length - 4);
            mac.doFinal(digest, 0);
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A digest fits its buffer", e);
        }
    }
}
