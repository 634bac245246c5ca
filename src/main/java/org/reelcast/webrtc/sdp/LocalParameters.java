package org.reelcast.webrtc.sdp;

import java.util.List;

/**
 * The ICE, DTLS and RTCP parameters of the server's own side, as an answer names them.
 *
 * @param sessionId   a random number for the origin line, not negative
 * @param ufrag       ICE user name fragment
 * @param password    ICE password
 * @param fingerprint of the server's certificate
 * @param cname       RTCP's canonical name, the same for all tracks of the answer (RFC 3550 section 6.5.1)
 * @param address     the address of the best candidate, as text
 * @param port        its port
 * @param candidates  values of the {@code a=candidate} lines, best first
 */
public record LocalParameters(
        long sessionId,
        String ufrag,
        String password,
        Fingerprint fingerprint,
        String cname,
        String address,
        int port,
        List<String> candidates) {}
