package org.reelcast.rtp;

/**
 * What became of one track on its way to one viewer, since the start.
 *
 * @param framesSent       whole frames
 * @param framesDropped    left out because the queue was full, up to the next key frame
 * @param packetsSent      without retransmissions
 * @param bytesSent        payload bytes of these
 * @param packetsResent    retransmissions
 * @param bytesResent      payload bytes of these
 * @param packetsNacked    sequence numbers asked for again, repetitions counted
 * @param nacksIgnored     of these, not sent: no longer kept, sent a moment ago, or beyond the limit
 * @param keyFrameRequests PLI and FIR
 * @param reports          receiver reports about this track
 * @param packetsLost      as the last of them says
 * @param fractionLost     as the last of them says, of 256
 * @param jitterUs         as the last of them says
 */
public record TrackStatistics(
        long framesSent,
        long framesDropped,
        long packetsSent,
        long bytesSent,
        long packetsResent,
        long bytesResent,
        long packetsNacked,
        long nacksIgnored,
        long keyFrameRequests,
        long reports,
        int packetsLost,
        int fractionLost,
        long jitterUs) {

    /** Of a track that is not there. */
    public static final TrackStatistics NONE = new TrackStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
