package org.reelcast.webrtc;

import org.reelcast.loop.OnLoop;
import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.receive.RtpReceiver;

/** The connection to one publisher: gives frames to its listener. */
public final class PublisherConnection extends Peer {
    private final RtpReceiver rtp;
    private long lastMediaUs;

    PublisherConnection(PeerFactory parts, PublisherListener listener) {
        super(parts, listener);
        rtp = parts.receiving(config -> new RtpReceiver(config, listener));
    }

    /** What it receives is kept in step with what {@code first} does, whose listener hears of that. */
    PublisherConnection(PeerFactory parts, PublisherListener listener, PublisherConnection first) {
        super(parts, listener);
        rtp = parts.receiving(config -> new RtpReceiver(config, listener, first.rtp));
    }

    /** Asks for a key frame until one comes, twice a second at most. */
    @OnLoop
    public void requestKeyFrame() {
        rtp.requestKeyFrame();
        wake();
    }

    /** When the latest packet of a track came, on the loops' clock; 0 = none yet. */
    @OnLoop
    public long lastMediaUs() {
        return lastMediaUs;
    }

    @OnLoop
    public PublisherStatistics statistics() {
        return new PublisherStatistics(
                traffic(), rtp.videoStatistics(), rtp.audioStatistics(), rtp.broken(), rtp.bitrateEstimate());
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
