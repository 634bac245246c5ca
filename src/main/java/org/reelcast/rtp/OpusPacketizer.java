package org.reelcast.rtp;

import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * RTP payload format for Opus (RFC 7587 section 4.2): one Opus packet, one RTP packet, never fragmented. The marker bit
 * stays 0, as for all audio without silence suppression (RFC 3551 section 4.1).
 */
public final class OpusPacketizer implements Packetizer {

    @Override
    public RtpFrame packetize(Frame frame) {
        RtpFrame.Builder builder = new RtpFrame.Builder(frame, frame.slices());
        for (int i = 0; i < frame.slices(); i++) {
            Slice slice = frame.slice(i);
            if (slice.length() > 0) {
                builder.packet(0, i, 0, slice.length());
            }
        }
        return builder.build(false);
    }
}
