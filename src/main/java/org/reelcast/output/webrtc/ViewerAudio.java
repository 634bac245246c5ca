package org.reelcast.output.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.rtp.OpusPacketizer;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.RtpFrame;

/**
 * Sends a viewer's sound as its offer wants it. The first {@link #AT_ONCE_US} of it leave together: a browser plays its
 * first packet as soon as it comes, and would have to make up some sound (NetEq's expand) until it has packets in hand
 * for those that come a little later than the one before.
 */
@OnLoop
final class ViewerAudio {
    /** With which a browser's jitter buffer begins. */
    static final long AT_ONCE_US = 80_000;
    /** Packets of 2.5 ms, the shortest there are (RFC 6716 section 2.1.4). */
    private static final int MOST_AT_ONCE = 32;

    private final Out out;
    /** The longest packet that the viewer wants; 0 = any. */
    private final long maxPacketUs;

    private final Optional<ReducedAudio.Limit> limit;
    /** Whether it gets sound within its limit. */
    private boolean reduced;
    /** What waits to leave together; null once it has. */
    private List<RtpFrame> first = new ArrayList<>(4);

    /** Takes what is sent. */
    interface Out {
        void send(RtpFrame frame, long presentationTimeUs);
    }

    /**
     * @param maxPacketMs the longest packet that the viewer wants; 0 = any
     * @param limit       what it wants of the sound in place of all of it
     */
    ViewerAudio(int maxPacketMs, Optional<ReducedAudio.Limit> limit, Out out) {
        this.maxPacketUs = maxPacketMs * 1000L;
        this.limit = limit;
        this.reduced = limit.isPresent();
        this.out = out;
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
        if (first == null) {
            sendNow(frame);
            return;
        }
        first.add(frame);
        long us = endUs(frame) - first.get(0).frame().presentationTimeUs();
        if (us >= AT_ONCE_US || first.size() == MOST_AT_ONCE) {
            flush();
        }
    }

    /** What waits leaves now. */
    void flush() {
        if (first != null) {
            List<RtpFrame> waiting = first;
            first = null;
            waiting.forEach(this::sendNow);
        }
    }

    private static long endUs(RtpFrame frame) {
        return frame.frame().presentationTimeUs()
                + OpusPacket.durationUs(frame.frame().slice(0));
    }

    private void sendNow(RtpFrame frame) {
        if (frame.bytes() <= Packetizer.DEFAULT_MAX_PAYLOAD
                && (maxPacketUs == 0 || OpusPacket.durationUs(frame.frame().slice(0)) <= maxPacketUs)) {
            out.send(frame, frame.frame().presentationTimeUs());
            return;
        }
        List<RtpFrame> singles = OpusPacketizer.singles(frame);
        for (int i = 0; i < singles.size(); i++) {
            out.send(singles.get(i), singles.get(i).frame().presentationTimeUs());
        }
    }
}
