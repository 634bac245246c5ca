package org.reelcast.webrtc.udp;

/** What shares the port, told by the first byte (RFC 7983 section 7). */
public enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    OTHER;

    /** @param length bytes of {@code b} that came; 0 is {@link #OTHER} */
    public static DatagramKind of(byte[] b, int length) {
        int first = length == 0 ? 255 : b[0] & 0xFF;
        if (first <= 3) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191 && length > 1) {
            // RFC 5761 section 4: RTCP's packet types
            int type = b[1] & 0xFF;
            return type >= 192 && type <= 223 ? RTCP : RTP;
        }
        return OTHER;
    }
}
