package org.reelcast.webrtc.srtp;

import org.reelcast.bitstream.BigEndian;

/** The little of RTP's header that encryption must know (RFC 3550 section 5.1). */
final class RtpHeader {
    private static final int FIXED = 12;

    private RtpHeader() {}

    /** Bytes before the payload, header extension included (RFC 3550 section 5.3.1); or a status. */
    static int length(byte[] b, int off, int length) {
        if (length < FIXED || (b[off] & 0xC0) != 0x80) {
            return SrtpStatus.INVALID;
        }
        int header = FIXED + 4 * (b[off] & 0x0F);
        if ((b[off] & 0x10) != 0) {
            if (length < header + 4) {
                return SrtpStatus.INVALID;
            }
            int at = off + header + 2;
            header += 4 + 4 * BigEndian.u16(b, at);
        }
        return header > length ? SrtpStatus.INVALID : header;
    }

    static int sequence(byte[] b, int off) {
        return BigEndian.u16(b, off + 2);
    }

    static int ssrc(byte[] b, int off) {
        return BigEndian.i32(b, off + 8);
    }
}
