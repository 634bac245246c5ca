package org.reelcast.webrtc;

import org.reelcast.rtp.RtpStatistics;

/**
 * One peer connection at a glance.
 *
 * @param remote         where media goes, null before the first valid check
 * @param profile        how it is encrypted, null before DTLS is done
 * @param packetsSent    RTP packets encrypted and sent, retransmissions included
 * @param bytesSent      of these and of RTCP, on the wire without UDP and IP
 * @param rtcpReceived   compounds from the viewer
 * @param rtcpRefused    of these, not authentic or replayed
 */
public record PeerStatistics(String remote, String profile, long packetsSent, long bytesSent, long rtcpReceived,
        long rtcpRefused, RtpStatistics rtp) {
}
