package org.reelcast.rtp;

/** What a compound RTCP packet says, item by item. All of it comes from the other side and may be nonsense. */
public interface RtcpHandler {

    /** Sender report (RFC 3550 section 6.4.1); its report blocks follow. */
    default void onSenderReport(int ssrc, long ntp, int timestamp, long packets, long octets) {}

    /**
     * Report block about {@code ssrc} (RFC 3550 section 6.4.1).
     *
     * @param fractionLost    of 256 packets, since the report before
     * @param cumulativeLost  24 bits, signed
     * @param highestSequence extended by the count of cycles
     * @param jitter          in timestamp units
     * @param lastReport      middle 32 bits of the last sender report's NTP time, 0 when none came
     * @param delay           since then, in 1/65536 s
     */
    default void onReportBlock(
            int reporter,
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int highestSequence,
            long jitter,
            int lastReport,
            int delay) {}

    /** The source is gone (RFC 3550 section 6.6). */
    default void onBye(int ssrc) {}

    /** Packet {@code sequence} and those whose bit is set in {@code mask} behind it are lost (RFC 4585 6.2.1). */
    default void onNack(int ssrc, int sequence, int mask) {}

    /** Picture loss indication (RFC 4585 section 6.3.1). */
    default void onPictureLoss(int ssrc) {}

    /** Full intra request (RFC 5104 section 4.3.1); a repetition has the same {@code count}. */
    default void onFullIntraRequest(int ssrc, int count) {}

    /** Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb), bits a second. */
    default void onBitrateEstimate(long bitsPerSecond) {}

    /** Transport-wide congestion control feedback: the packet with its header, to be read where it lies. */
    default void onTransportFeedback(byte[] b, int offset, int length) {}
}
