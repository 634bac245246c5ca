package org.reelcast.rtp.receive;

/**
 * What came of one track, since the start.
 *
 * @param packets     RTP packets, retransmissions by RTX not counted
 * @param lost        expected but did not come under their own SSRC
 * @param recovered   came by RTX
 * @param late        came twice or too late
 * @param asked       sequence numbers asked for again, repetitions counted
 * @param malformed   payloads that could not be read
 * @param gaps        losses that were not mended
 * @param frames      given out
 * @param jitterUs    interarrival jitter (RFC 3550 section 6.4.1)
 * @param keyRequests PLIs sent
 */
public record ReceiveStatistics(
        long packets,
        long lost,
        long recovered,
        long late,
        long asked,
        long malformed,
        long gaps,
        long frames,
        long jitterUs,
        long keyRequests) {
    /** Of a track that is not there. */
    public static final ReceiveStatistics NONE = new ReceiveStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
