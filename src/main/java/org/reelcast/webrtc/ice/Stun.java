package org.reelcast.webrtc.ice;

import org.reelcast.bitstream.BigEndian;

/** Numbers and bytes of STUN (RFC 8489 section 5, RFC 8445 section 16). */
final class Stun {
    static final int HEADER = 20;
    static final int MAGIC_COOKIE = 0x2112_A442;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802A;

    /** FINGERPRINT is a CRC-32 XORed with this (RFC 8489 section 14.7). */
    static final int FINGERPRINT_XOR = 0x5354_554E;

    private Stun() {}

    /** Whether it may be a success response, by its first two bytes alone. */
    static boolean isBindingSuccess(byte[] b, int off, int length) {
        return length >= HEADER && BigEndian.u16(b, off) == BINDING_SUCCESS;
    }
}
