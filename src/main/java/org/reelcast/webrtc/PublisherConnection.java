package org.reelcast.webrtc;

import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.receive.RtpReceiver;

/** The connection to one publisher: gives frames to its listener. */
public final class PublisherConnection extends Peer {
    private final RtpReceiver rtp;
    private long lastMediaUs;

    PublisherConnection(PeerParts parts, PublisherListener listener) {
        super(parts, listener);
        rtp = parts.receiving(listener);
    }

    /** Asks for a key frame until one comes, twice a second at most; on the loop. */
    public void requestKeyFrame() {
        rtp.requestKeyFrame();
        wake();
    }

    /** When the latest packet of a track came, on the loops' clock; 0 = none yet. On the loop. */
    public long lastMediaUs() {
        return lastMediaUs;
    }

    /** On the loop. */
    public PublisherStatistics statistics() {
        return new PublisherStatistics(traffic(), rtp.videoStatistics(), rtp.audioStatistics(), rtp.broken(),
                rtp.bitrateEstimate());
    }

    @Override
    boolean rtp(byte[] b, int length, long nowUs) {
        if (!rtp.onRtp(b, 0, length, nowUs)) {
            return false;
        }
        if (lastMediaUs == 0) {
            timings().packet(nowUs);
        }
        lastMediaUs = nowUs;
        return true;
    }

    @Override
    boolean rtcp(byte[] b, int length, long nowUs) {
        rtp.onRtcp(b, 0, length, nowUs);
        return false;
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
