package org.reelcast.webrtc.sdp;

import java.util.List;
import org.reelcast.media.MediaKind;

/**
 * One media section of an offer (RFC 8866 section 5.14).
 *
 * @param type       {@code audio}, {@code video}, {@code application}...
 * @param port       0 means disabled, unless the section is bundle-only (RFC 8843 section 6)
 * @param protocol   the transport, normally {@code UDP/TLS/RTP/SAVPF}
 * @param formats    the payload types or other formats as written
 */
record MediaSection(String type, int port, String protocol, List<String> formats, Attributes attributes) {

    /** The kind of media; null when it is neither audio nor video. */
    MediaKind kind() {
        return MediaKind.of(type);
    }

    /** The section's identification tag (RFC 5888), null when it has none. */
    String mid() {
        return attributes.first("mid");
    }

    /** Whether the offerer switched the section off. */
    boolean isDisabled() {
        return port == 0 && !attributes.has("bundle-only");
    }

    /** RFC 8829 section 5.1.2: whoever gives a fingerprint means DTLS, whatever of these it writes. */
    boolean isRtpOverDtls() {
        return protocol.contains("TLS/RTP/SAVP") || protocol.matches("RTP/S?AVPF?");
    }

    /**
     * Whether the offerer can take part in media of that direction here (RFC 8866 section 6.7; without a direction it
     * does both).
     *
     * @param publishes whether it is to send, or else to receive
     */
    boolean isWilling(boolean publishes) {
        return !attributes.has(publishes ? "recvonly" : "sendonly") && !attributes.has("inactive");
    }
}
