package org.reelcast.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.reelcast.bitstream.BigEndian;

/** Writes one STUN message after the other into its own array (RFC 8489). */
public final class StunWriter {
    private final byte[] b = new byte[512];
    private final CRC32 crc = new CRC32();
    private int length;

    /** A binding request under a transaction id of 12 bytes (RFC 8445 section 7.2.2). */
    public StunWriter bindingRequest(byte[] transaction) {
        start(Stun.BINDING_REQUEST);
        System.arraycopy(transaction, 0, b, 8, 12);
        return this;
    }

    /** The answer to a request that is granted. */
    public StunWriter bindingSuccess(StunMessage request) {
        return answer(Stun.BINDING_SUCCESS, request);
    }

    StunWriter answer(int type, StunMessage request) {
        start(type);
        request.copyTransaction(b, 8);
        return this;
    }

    private void start(int type) {
        BigEndian.put16(b, 0, type);
        BigEndian.put32(b, 4, Stun.MAGIC_COOKIE);
        length = Stun.HEADER;
    }

    /** USERNAME: the receiver's fragment, a colon, the sender's. */
    public StunWriter username(String username) {
        return attribute(Stun.USERNAME, username.getBytes(StandardCharsets.UTF_8));
    }

    /** PRIORITY (RFC 8445 section 7.1.1). */
    public StunWriter priority(int priority) {
        int at = open(Stun.PRIORITY, 4);
        BigEndian.put32(b, at, priority);
        return this;
    }

    /** USE-CANDIDATE: nominates the pair (RFC 8445 section 7.1.2). */
    public StunWriter useCandidate() {
        open(Stun.USE_CANDIDATE, 0);
        return this;
    }

    /** ICE-CONTROLLING (RFC 8445 section 7.1.3). */
    public StunWriter controlling(long tieBreaker) {
        return role(Stun.ICE_CONTROLLING, tieBreaker);
    }

    /** ICE-CONTROLLED (RFC 8445 section 7.1.3). */
    public StunWriter controlled(long tieBreaker) {
        return role(Stun.ICE_CONTROLLED, tieBreaker);
    }

    private StunWriter role(int type, long tieBreaker) {
        int at = open(type, 8);
        BigEndian.put32(b, at, (int) (tieBreaker >>> 32));
        BigEndian.put32(b, at + 4, (int) tieBreaker);
        return this;
    }

    /** XOR-MAPPED-ADDRESS: where the request came from (RFC 8489 section 14.2). */
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        int at = open(Stun.XOR_MAPPED_ADDRESS, 4 + ip.length);
        b[at] = 0;
        b[at + 1] = (byte) (ip.length == 4 ? 1 : 2);
        BigEndian.put16(b, at + 2, address.getPort() ^ Stun.MAGIC_COOKIE >>> 16);
        for (int i = 0; i < ip.length; i++) {
            b[at + 4 + i] = (byte) (ip[i] ^ b[4 + i]);
        }
        return this;
    }

    /** RFC 8489 section 14.8. */
    StunWriter errorCode(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[4 + text.length];
        value[2] = (byte) (code / 100);
        value[3] = (byte) (code % 100);
        System.arraycopy(text, 0, value, 4, text.length);
        return attribute(Stun.ERROR_CODE, value);
    }

    StunWriter unknownAttribute(int type) {
        int at = open(Stun.UNKNOWN_ATTRIBUTES, 2);
        BigEndian.put16(b, at, type);
        return this;
    }

    private StunWriter attribute(int type, byte[] value) {
        int at = open(type, value.length);
        System.arraycopy(value, 0, b, at, value.length);
        return this;
    }

    /** Writes an attribute's header, zeroes its value and padding, and keeps the message's length right. */
    private int open(int type, int valueLength) {
        int at = length + 4;
        int padded = valueLength + 3 & ~3;
        BigEndian.put16(b, length, type);
        BigEndian.put16(b, length + 2, valueLength);
        Arrays.fill(b, at, at + padded, (byte) 0);
        length = at + padded;
        BigEndian.put16(b, 2, length - Stun.HEADER);
        return at;
    }

    /** MESSAGE-INTEGRITY over all so far. */
    public StunWriter integrity(StunHmac hmac) {
        byte[] digest = hmac.over(b, 0, length);
        return attribute(Stun.MESSAGE_INTEGRITY, digest);
    }

    /** FINGERPRINT over all so far (RFC 8489 section 14.7); the last attribute. */
    public StunWriter fingerprint() {
        int before = length;
        int at = open(Stun.FINGERPRINT, 4);
        crc.reset();
        crc.update(b, 0, before);
        BigEndian.put32(b, at, (int) crc.getValue() ^ Stun.FINGERPRINT_XOR);
        return this;
    }

    /** The message; valid until the next one is begun. */
    public byte[] array() {
        return b;
    }

    public int length() {
        return length;
    }
}
