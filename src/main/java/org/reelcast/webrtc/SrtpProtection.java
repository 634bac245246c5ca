package org.reelcast.webrtc;

import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.webrtc.srtp.SrtpSender;
import org.reelcast.webrtc.udp.PacketProtection;

/** Encrypts what goes to one peer, and counts it. */
@OnLoop
final class SrtpProtection implements PacketProtection {
    private final MediaLoop loop;
    private final PeerTimings timings;
    private SrtpSender sender;
    private long packetsSent;
    private long bytesSent;

    SrtpProtection(MediaLoop loop, PeerTimings timings) {
        this.loop = loop;
        this.timings = timings;
    }

    /** The keys are agreed on. */
    void start(SrtpSender with) {
        sender = with;
    }

    @Override
    public int protectRtp(byte[] b, int off, int length) {
        int protectedLength = sender.protectRtp(b, off, length);
        if (protectedLength > 0) {
            if (packetsSent++ == 0) {
                timings.packet(loop.nowUs());
            }
            bytesSent += protectedLength;
        }
        return protectedLength;
    }

    @Override
    public int protectRtcp(byte[] b, int off, int length) {
        int protectedLength = sender.protectRtcp(b, off, length);
        bytesSent += Math.max(0, protectedLength);
        return protectedLength;
    }

    /** RTP packets. */
    long packetsSent() {
        return packetsSent;
    }

    /** Of RTP and RTCP, encrypted. */
    long bytesSent() {
        return bytesSent;
    }
}
