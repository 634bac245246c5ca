package org.reelcast.webrtc;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;

/**
 * What one connection carried.
 *
 * @param remote       where it leads, null before the first valid check
 * @param profile      how it is encrypted, null before DTLS is done
 * @param packetsSent  RTP packets encrypted and sent, retransmissions included
 * @param bytesSent    of these and of RTCP, on the wire without UDP and IP
 * @param rtpReceived  RTP packets that came
 * @param rtcpReceived RTCP compounds that came
 * @param refused      of what came, not authentic or replayed
 */
public record TrafficStatistics(
        String remote,
        String profile,
        long packetsSent,
        long bytesSent,
        long rtpReceived,
        long rtcpReceived,
        long refused) {

    /** Address and port as logs have them: as RFC 5952 sections 4 and 6 write them, without an IPv6 zone. */
    static String address(InetSocketAddress remote) {
        return NetUtil.toSocketAddressString(remote);
    }
}
