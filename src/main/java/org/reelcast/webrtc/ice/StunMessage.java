package org.reelcast.webrtc.ice;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.reelcast.bitstream.BigEndian;

/**
 * Looks at one STUN message where it lies (RFC 8489). Reusable: {@link #parse} forgets the one before. Lengths are
 * checked against the datagram; after a parse that succeeded all offsets are inside of it.
 */
public final class StunMessage {
    private final CRC32 crc = new CRC32();
    private byte[] b;
    private int off;
    private int userAt;
    private int userLength;
    private int integrityAt;
    private int errorCode;
    private int mappedAt;
    private int mappedLength;
    private int unknown;
    private boolean useCandidate;
    private boolean controlled;
    private boolean fingerprintWrong;

    /** @return false when the bytes are not a STUN message */
    public boolean parse(byte[] bytes, int offset, int size) {
        b = bytes;
        off = offset;
        userAt = -1;
        userLength = 0;
        integrityAt = -1;
        errorCode = 0;
        mappedAt = -1;
        unknown = 0;
        useCandidate = false;
        controlled = false;
        fingerprintWrong = false;
        if (size < Stun.HEADER
                || (bytes[offset] & 0xC0) != 0
                || BigEndian.i32(bytes, offset + 4) != Stun.MAGIC_COOKIE
                || BigEndian.u16(bytes, offset + 2) != size - Stun.HEADER
                || (size & 3) != 0) {
            return false;
        }
        int at = offset + Stun.HEADER;
        int end = offset + size;
        while (at < end) {
            int type = BigEndian.u16(bytes, at);
            int valueLength = BigEndian.u16(bytes, at + 2);
            int next = at + 4 + (valueLength + 3 & ~3);
            if (next > end) {
                return false;
            }
            attribute(type, at + 4, valueLength);
            at = next;
        }
        return !fingerprintWrong;
    }

    private void attribute(int type, int at, int valueLength) {
        // RFC 8489 section 14.5: after the integrity only a fingerprint counts
        if (integrityAt >= 0 && type != Stun.FINGERPRINT) {
            return;
        }
        switch (type) {
            case Stun.USERNAME:
                userAt = at;
                userLength = valueLength;
                break;
            case Stun.MESSAGE_INTEGRITY:
                integrityAt = valueLength == 20 ? at : -1;
                break;
            case Stun.ERROR_CODE:
                errorCode = valueLength < 4 ? 0 : (b[at + 2] & 7) * 100 + (b[at + 3] & 0xFF);
                break;
            case Stun.XOR_MAPPED_ADDRESS:
                mappedAt = at;
                mappedLength = valueLength;
                break;
            case Stun.USE_CANDIDATE:
                useCandidate = true;
                break;
            case Stun.ICE_CONTROLLED:
                controlled = true;
                break;
            case Stun.FINGERPRINT:
                fingerprintWrong = valueLength != 4 || BigEndian.i32(b, at) != fingerprint(at - 4 - off);
                break;
            case Stun.PRIORITY:
            case Stun.ICE_CONTROLLING:
            case Stun.UNKNOWN_ATTRIBUTES:
            case Stun.MESSAGE_INTEGRITY_SHA256:
                break;
            default:
                if (type < 0x8000 && unknown == 0) {
                    unknown = type;
                }
        }
    }

    private int fingerprint(int upTo) {
        crc.reset();
        crc.update(b, off, upTo);
        return (int) crc.getValue() ^ Stun.FINGERPRINT_XOR;
    }

    public boolean isBindingRequest() {
        return type() == Stun.BINDING_REQUEST;
    }

    public boolean isBindingSuccess() {
        return type() == Stun.BINDING_SUCCESS;
    }

    public boolean isBindingError() {
        return type() == Stun.BINDING_ERROR;
    }

    int type() {
        return BigEndian.u16(b, off);
    }

    /** The part of the user name before the colon: the receiver's fragment (RFC 8445 section 7.2.2); null if none. */
    public String receiverUfrag() {
        for (int i = 0; userAt >= 0 && i < userLength; i++) {
            if (b[userAt + i] == ':') {
                return new String(b, userAt, i, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    boolean hasUsername() {
        return userAt >= 0;
    }

    boolean hasIntegrity() {
        return integrityAt >= 0;
    }

    /** Whether MESSAGE-INTEGRITY is right under the key of {@code hmac} (RFC 8489 section 14.5). */
    public boolean isAuthentic(StunHmac hmac) {
        if (integrityAt < 0) {
            return false;
        }
        byte[] expected = hmac.over(b, off, integrityAt - 4 - off);
        int difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference |= expected[i] ^ b[integrityAt + i];
        }
        return difference == 0;
    }

    public boolean useCandidate() {
        return useCandidate;
    }

    boolean isControlled() {
        return controlled;
    }

    /** An attribute that must be understood and is not (RFC 8489 section 5), 0 if none. */
    int unknownAttribute() {
        return unknown;
    }

    /** 300 to 699, or 0 if none. */
    public int errorCode() {
        return errorCode;
    }

    /** The port of XOR-MAPPED-ADDRESS, -1 if none. */
    public int mappedPort() {
        return mappedAt < 0 || mappedLength < 8 ? -1 : BigEndian.u16(b, mappedAt + 2) ^ Stun.MAGIC_COOKIE >>> 16;
    }

    /** The address of XOR-MAPPED-ADDRESS in 4 or 16 bytes, null if none (RFC 8489 section 14.2). */
    public byte[] mappedAddress() {
        int size = mappedLength - 4;
        if (mappedAt < 0 || size != 4 && size != 16) {
            return null;
        }
        byte[] address = new byte[size];
        for (int i = 0; i < size; i++) {
            // the cookie and, for IPv6, the transaction id behind it
            address[i] = (byte) (b[mappedAt + 4 + i] ^ b[off + 4 + i]);
        }
        return address;
    }

    /** Whether this answers the request whose transaction id lies at {@code at} of {@code id}. */
    public boolean isTransaction(byte[] id, int at) {
        for (int i = 0; i < 12; i++) {
            if (b[off + 8 + i] != id[at + i]) {
                return false;
            }
        }
        return true;
    }

    void copyTransaction(byte[] to, int at) {
        System.arraycopy(b, off + 8, to, at, 12);
    }
}
