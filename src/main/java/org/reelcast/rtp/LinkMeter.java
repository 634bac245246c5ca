package org.reelcast.rtp;

/**
 * Makes measurements of a link from the receiver's reports: blocks of two seconds and more, each with what was lost,
 * what arrived, and the shortest round trip beyond the link's own, which is the time that packets stand in a queue on
 * their way at least. A key frame fills queues for a moment; only a queue that never empties says that the link is too
 * narrow.
 */
final class LinkMeter {
    private static final long BLOCK_US = 2_000_000;
    /** A block waits so long for its {@link #MIN_PACKETS}. */
    private static final long MAX_BLOCK_US = 6_000_000;

    private static final int MIN_PACKETS = 20;
    private static final int MIN_REPORTS = 2;
    /** Reports that stay away longer tell of an outage, not of the link's width. */
    private static final long OUTAGE_US = 4_000_000;
    /** For the shortest round trip of the last half to whole minute: paths change. */
    private static final long BASE_US = 30_000_000;

    private static final int PER_MILLE = 1000;

    private boolean begun;
    private long startUs;
    private long reportUs;
    private int startHighest;
    private int startLost;
    private long startPackets;
    private long startBytes;
    private int reports;
    private long shortestUs = Long.MAX_VALUE;
    private long longestUs;
    private long baseUs = Long.MAX_VALUE;
    private long nextBaseUs = Long.MAX_VALUE;
    private long baseSinceUs = Long.MIN_VALUE;

    private long sentBps;
    private long arrivedBps;
    private int loss;
    private long queueUs;
    private long peakUs;

    /** The block under way says nothing: it begins anew with the next report. */
    void restart() {
        begun = false;
    }

    void roundTrip(long us, long nowUs) {
        if (baseSinceUs == Long.MIN_VALUE) {
            baseSinceUs = nowUs;
        } else if (nowUs - baseSinceUs > BASE_US) {
            baseSinceUs = nowUs;
            baseUs = nextBaseUs;
            nextBaseUs = Long.MAX_VALUE;
        }
        nextBaseUs = Math.min(nextBaseUs, us);
        baseUs = Math.min(baseUs, us);
        shortestUs = Math.min(shortestUs, us);
        longestUs = Math.max(longestUs, us);
    }

    /**
     * A report about the video.
     *
     * @param highest highest sequence number that arrived, extended
     * @param lost    packets lost since the beginning
     * @param packets video packets sent since the beginning, without retransmissions
     * @param bytes   bytes on the wire since the beginning, all of them
     * @return whether a block ends here and the measurements below are new
     */
    boolean report(int highest, int lost, long packets, long bytes, long nowUs) {
        if (!begun || nowUs - reportUs > OUTAGE_US || highest - startHighest < 0) {
            begin(highest, lost, packets, bytes, nowUs);
            return false;
        }
        reportUs = nowUs;
        reports++;
        int expected = highest - startHighest;
        long spanUs = nowUs - startUs;
        if (reports < MIN_REPORTS || spanUs < BLOCK_US || expected < MIN_PACKETS && spanUs < MAX_BLOCK_US) {
            return false;
        }
        int gone = Math.min(Math.max(lost - startLost, 0), expected);
        loss = expected < MIN_PACKETS ? 0 : (int) ((long) gone * PER_MILLE / expected);
        sentBps = (bytes - startBytes) * 8_000_000 / spanUs;
        long sent = Math.max(packets - startPackets, 1);
        arrivedBps = sentBps * Math.min(expected - gone, sent) / sent;
        queueUs = shortestUs == Long.MAX_VALUE ? 0 : Math.max(shortestUs - baseUs, 0);
        peakUs = longestUs == 0 ? 0 : Math.max(longestUs - baseUs, 0);
        begin(highest, lost, packets, bytes, nowUs);
        return true;
    }

    private void begin(int highest, int lost, long packets, long bytes, long nowUs) {
        begun = true;
        startUs = nowUs;
        reportUs = nowUs;
        startHighest = highest;
        startLost = lost;
        startPackets = packets;
        startBytes = bytes;
        reports = 0;
        shortestUs = Long.MAX_VALUE;
        longestUs = 0;
    }

    /** Bits a second on the wire. */
    long sentBps() {
        return sentBps;
    }

    /** The part of them that came through. */
    long arrivedBps() {
        return arrivedBps;
    }

    /** Of a thousand packets. */
    int loss() {
        return loss;
    }

    /** That packets stood in queues on their way, at least. */
    long queueUs() {
        return queueUs;
    }

    /** The longest of these times that was seen. */
    long peakUs() {
        return peakUs;
    }
}
