package org.reelcast.webrtc.sdp;

/** An offer that cannot be answered; {@link #info()} is what the client is told, the message is for the log. */
public final class SdpException extends Exception {
    /** The offer is broken or asks for a transport that is not served. */
    public static final String BAD_SDP = "Failed to add stream to proxy";
    /** The offer is fine, but has no codec that the file could be sent in. */
    public static final String NO_COMMON_CODECS = "No common codecs";

    private final String info;

    private SdpException(String info, String message) {
        super(message);
        this.info = info;
    }

    static SdpException bad(String message) {
        return new SdpException(BAD_SDP, message);
    }

    static SdpException noCommonCodecs(String message) {
        return new SdpException(NO_COMMON_CODECS, message);
    }

    /** WCS's info string. */
    public String info() {
        return info;
    }
}
