package org.reelcast.rtp;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.bitstream.opus.OpusPacket;
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

    /**
     * The same sound in Opus packets of one frame each, for who takes no longer ones; itself when it is one. Made once
     * for all who want it, at worst by two loops at once to the same effect.
     */
    public static List<RtpFrame> singles(RtpFrame whole) {
        List<RtpFrame> made = whole.singles();
        if (made == null) {
            made = split(whole);
            whole.keepSingles(made);
        }
        return made;
    }

    private static List<RtpFrame> split(RtpFrame whole) {
        Frame frame = whole.frame();
        List<Slice> parts = frame.slices() == 1 ? OpusPacket.split(frame.slice(0)) : List.of();
        if (parts.size() < 2) {
            return List.of(whole);
        }
        OpusPacketizer packetizer = new OpusPacketizer();
        List<RtpFrame> frames = new ArrayList<>(parts.size());
        long timeUs = frame.presentationTimeUs();
        for (Slice part : parts) {
            frames.add(packetizer.packetize(new Frame(frame.format(), timeUs, timeUs, true, part)));
            timeUs += OpusPacket.durationUs(part);
        }
        return List.copyOf(frames);
    }
}
