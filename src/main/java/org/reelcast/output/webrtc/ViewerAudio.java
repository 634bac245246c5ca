package org.reelcast.output.webrtc;

import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.MediaKind;
import org.reelcast.rtp.OpusPacketizer;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.webrtc.PeerConnection;

/** Sends a viewer's sound as its offer wants it. */
@OnLoop
final class ViewerAudio {
    private final PeerConnection peer;
    /** The longest packet that it wants; 0 = any. */
    private final long maxPacketUs;

    private final Optional<ReducedAudio.Limit> limit;
    /** Whether it gets sound within its limit. */
    private boolean reduced;

    /** @param peer takes sound @param limit what it wants of the sound in place of all of it */
    ViewerAudio(PeerConnection peer, Optional<ReducedAudio.Limit> limit) {
        this.peer = peer;
        this.maxPacketUs = peer.track(MediaKind.AUDIO).sound().packetMs() * 1000L;
        this.limit = limit;
        this.reduced = limit.isPresent();
    }

    @AnyThread
    Optional<ReducedAudio.Limit> limit() {
        return limit;
    }

    /** There is no sound within its limit. */
    void takeUsual() {
        reduced = false;
    }

    /** Sends the stream's own sound, unless it gets less of it. */
    void sendUsual(RtpFrame frame) {
        if (!reduced && frame.packets() > 0) {
            send(frame);
        }
    }

    void send(RtpFrame frame) {
        if (frame.bytes() <= Packetizer.DEFAULT_MAX_PAYLOAD
                && (maxPacketUs == 0 || OpusPacket.durationUs(frame.frame().slice(0)) <= maxPacketUs)) {
            peer.send(frame, frame.frame().presentationTimeUs());
            return;
        }
        List<RtpFrame> singles = OpusPacketizer.singles(frame);
        for (int i = 0; i < singles.size(); i++) {
            peer.send(singles.get(i), singles.get(i).frame().presentationTimeUs());
        }
    }
}
