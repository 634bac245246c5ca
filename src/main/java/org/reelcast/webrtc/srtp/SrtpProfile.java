package org.reelcast.webrtc.srtp;

/** The protection profiles that DTLS-SRTP can agree on here (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AES128_CM_HMAC_SHA1_80(1, 16, 14, 10, 10),
    AEAD_AES_128_GCM(7, 16, 12, 16, 16);

    private final int id;
    private final int keyLength;
    private final int saltLength;
    private final int rtpTag;
    private final int rtcpTag;

    SrtpProfile(int id, int keyLength, int saltLength, int rtpTag, int rtcpTag) {
        this.id = id;
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.rtpTag = rtpTag;
        this.rtcpTag = rtcpTag;
    }

    /** The profile of that number, null when it is not one of ours. */
    public static SrtpProfile of(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /** The number in the use_srtp extension. */
    public int id() {
        return id;
    }

    /** Bytes of a master key. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of a master salt. */
    public int saltLength() {
        return saltLength;
    }

    /** Bytes that protection adds to an RTP packet. */
    public int rtpOverhead() {
        return rtpTag;
    }

    /** Bytes that protection adds to an RTCP compound: the tag, E flag and index. */
    public int rtcpOverhead() {
        return rtcpTag + 4;
    }

    /** Bytes of keying material to export from DTLS (RFC 5764 section 4.2). */
    public int materialLength() {
        return 2 * (keyLength + saltLength);
    }
}
