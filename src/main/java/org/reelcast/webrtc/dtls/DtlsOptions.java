package org.reelcast.webrtc.dtls;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What all handshakes of a process share.
 *
 * @param srtpProfiles   numbers of the protection profiles that are accepted, best first (RFC 5764 section 4.1.2)
 * @param materialLengths bytes of keying material that a profile needs
 * @param timeoutMs      how long a client waits for its handshake; a server's peer has a clock of its own
 * @param resendMs       after how long a flight is sent again at first; then twice as long each time
 */
public record DtlsOptions(
        DtlsCertificate certificate,
        SecureRandom random,
        List<Integer> srtpProfiles,
        IntUnaryOperator materialLengths,
        int timeoutMs,
        int resendMs) {

    int materialLength(int profile) {
        return materialLengths.applyAsInt(profile);
    }
}
