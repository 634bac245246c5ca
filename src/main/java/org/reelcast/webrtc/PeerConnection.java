package org.reelcast.webrtc;

import org.reelcast.loop.OnLoop;
import org.reelcast.rtp.LinkStatistics;
import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.SendLevel;

/** The connection to one viewer: takes frames. */
public final class PeerConnection extends Peer {
    private final RtpSession rtp;

    PeerConnection(PeerFactory parts, PeerListener listener) {
        super(parts, listener);
        rtp = parts.sending();
    }

    /**
     * Sends a frame. Frames that are sent in one task leave together. Before the connection is up and
     * after it has ended nothing happens.
     *
     * @param timeUs when it is to be shown, on the loops' clock: gives the RTP timestamp
     * @return false when the frame was dropped
     */
    @OnLoop
    public boolean send(RtpFrame frame, long timeUs) {
        if (!isConnected()) {
            return false;
        }
        long nowUs = loop().nowUs();
        boolean taken = rtp.enqueue(frame, timeUs, nowUs);
        wake();
        return taken;
    }

    /** What the viewer is sent, by the width of its link. */
    @OnLoop
    public SendLevel level() {
        return rtp.link().level();
    }

    /** As {@link RtpSession#rungs} has it. */
    @OnLoop
    public void rungs(boolean smaller, boolean larger, boolean changed) {
        rtp.rungs(smaller, larger, changed, loop().nowUs());
    }

    @OnLoop
    public PeerStatistics statistics() {
        return new PeerStatistics(traffic(), rtp.statistics());
    }

    @Override
    boolean rtp(byte[] b, int length, long nowUs) {
        // a viewer sends no media
        return false;
    }

    @Override
    boolean rtcp(byte[] b, int length, long nowUs) {
        int flags = rtp.onRtcp(b, 0, length, nowUs);
        if ((flags & RtpSession.KEY_FRAME) != 0) {
            listener().onKeyFrameRequest();
        }
        if ((flags & RtpSession.SHORTAGE) != 0) {
            LinkStatistics link = rtp.link();
            listener().onNotEnoughBandwidth(link.mediaBps(), link.linkBps());
        } else if ((flags & RtpSession.RECOVERY) != 0) {
            listener().onRecovery();
        }
        if ((flags & RtpSession.SMALLER) != 0) {
            LinkStatistics link = rtp.link();
            listener().onSmallerWanted(link.mediaBps(), link.linkBps());
        } else if ((flags & RtpSession.LARGER) != 0) {
            listener().onLargerWanted();
        }
        return (flags & RtpSession.RESEND) != 0;
    }

    @Override
    long poll(long nowUs, PacketSink sink) {
        return rtp.poll(nowUs, sink);
    }

    @Override
    void goodbye(long nowUs, PacketSink sink) {
        rtp.close(nowUs, sink);
    }
}
