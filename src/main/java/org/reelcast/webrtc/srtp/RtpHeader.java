package org.reelcast.webrtc.srtp;

/** The little of RTP's header that encryption must know (RFC 3550 section 5.1). */
final class RtpHeader {
    private static final int FIXED = 12;

    private RtpHeader() {
    }

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
            header += 4 + 4 * ((b[at] & 0xFF) << 8 | b[at + 1] & 0xFF);
        }
        return header > length ? SrtpStatus.INVALID : header;
    }

    static int sequence(byte[] b, int off) {
        return (b[off + 2] & 0xFF) << 8 | b[off + 3] & 0xFF;
    }

    static int ssrc(byte[] b, int off) {
        return PacketCipher.getInt(b, off + 8);
    }
}
