package org.reelcast.rtp.receive;

import org.reelcast.rtp.PacketSink;
import org.reelcast.rtp.RtcpWriter;

/**
 * Gathers one compound packet of reports and feedback: RR and SDES first, unless feedback may go alone (RFC 5506).
 */
final class FeedbackCompound {
    private static final int ROOM = 1400;

    private final byte[] bytes = new byte[ROOM];
    private final int ssrc;
    private final byte[] cname;
    private final boolean reducedSize;
    private int length;

    FeedbackCompound(int ssrc, String cname, boolean reducedSize) {
        this.ssrc = ssrc;
        this.cname = RtcpWriter.cnameBytes(cname);
        this.reducedSize = reducedSize;
    }

    /** Adds a report about the tracks that have begun; either may be null. */
    void report(ReceiveTrack first, ReceiveTrack second, long nowUs) {
        boolean one = first != null && first.reception().isStarted();
        boolean two = second != null && second.reception().isStarted();
        length = RtcpWriter.receiverReport(bytes, 0, ssrc, (one ? 1 : 0) + (two ? 1 : 0));
        if (one) {
            length = first.reception().report(bytes, length, first.ssrc(), nowUs);
        }
        if (two) {
            length = second.reception().report(bytes, length, second.ssrc(), nowUs);
        }
        length = RtcpWriter.sourceDescription(bytes, length, ssrc, cname);
    }

    void bitrateEstimate(int mediaSsrc, long bitsPerSecond) {
        length = RtcpWriter.bitrateEstimate(bytes, length, ssrc, mediaSsrc, bitsPerSecond);
    }

    void pictureLoss(int mediaSsrc) {
        begin();
        length = RtcpWriter.pictureLoss(bytes, length, ssrc, mediaSsrc);
    }

    /** Adds a NACK for what is due, as much as there is room for. */
    void nack(ReceiveTrack track, long nowUs) {
        if (track.missing().dueUs() <= nowUs && length + 160 + MissingPackets.maxNackLength() <= ROOM) {
            begin();
            length = track.missing().writeNack(bytes, length, ssrc, track.ssrc(), nowUs);
        }
    }

    void goodbye() {
        length = RtcpWriter.goodbye(bytes, length, ssrc);
    }

    /** Sends what was gathered; returns whether there was anything. */
    boolean send(PacketSink sink) {
        if (length == 0) {
            return false;
        }
        int at = sink.reserve(length);
        System.arraycopy(bytes, 0, sink.array(), at, length);
        sink.commitRtcp(length);
        length = 0;
        return true;
    }

    private void begin() {
        if (length == 0 && !reducedSize) {
            length = RtcpWriter.receiverReport(bytes, 0, ssrc, 0);
            length = RtcpWriter.sourceDescription(bytes, length, ssrc, cname);
        }
    }
}
