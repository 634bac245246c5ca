package org.reelcast.bench.load;

/** What came of one SSRC, by its headers; on the loop's thread. */
final class TrackCount {
    private final int clockRate;
    private final TransitTimes transit = new TransitTimes();
    private int ssrc;
    private boolean seen;
    private long highest;
    private long packets;
    private long bytes;
    private long base;
    private long basePackets;
    private long baseBytes;
    private long firstUs;
    private long rtpTime;
    private int lastTimestamp;
    private long reportedHighest;
    private long reportedPackets;
    private double jitter;
    private long lastTransit;

    TrackCount(int clockRate) {
        this.clockRate = clockRate;
    }

    void packet(int sequence, int timestamp, int source, int length, long timeUs) {
        if (!seen) {
            seen = true;
            ssrc = source;
            highest = 0x10000 + sequence;
            base = highest - 1;
            reportedHighest = base;
            firstUs = timeUs;
            lastTimestamp = timestamp - 1;
        }
        packets++;
        bytes += length;
        long extended = highest + (short) (sequence - (int) highest);
        highest = Math.max(highest, extended);
        int step = timestamp - lastTimestamp;
        if (step > 0) {
            rtpTime += step;
            lastTimestamp = timestamp;
            long rtpUs = rtpTime * 1_000_000 / clockRate;
            transit.add(timeUs, rtpUs);
            // RFC 3550 section 6.4.1
            jitter += (Math.abs(timeUs - rtpUs - lastTransit) * (double) clockRate / 1e6 - jitter) / 16;
            lastTransit = timeUs - rtpUs;
        }
    }

    /** Starts the window that {@link #packetsInWindow} and the like speak of. */
    void mark() {
        base = highest;
        basePackets = packets;
        baseBytes = bytes;
        transit.reset();
    }

    long packetsInWindow() {
        return packets - basePackets;
    }

    /** Packets that the sequence numbers say are missing. */
    long lostInWindow() {
        return Math.max(0, highest - base - packetsInWindow());
    }

    /** RTP packets as they came in their datagrams, headers and tags included. */
    long bytesInWindow() {
        return bytes - baseBytes;
    }

    boolean isSeen() {
        return seen;
    }

    int ssrc() {
        return ssrc;
    }

    /** When the first packet came, 0 = not yet. */
    long firstUs() {
        return firstUs;
    }

    TransitTimes transit() {
        return transit;
    }

    /** Writes a report block (RFC 3550 section 6.4.1), 24 bytes. */
    void report(RtcpBuffer to, int lastReport, int delay) {
        long expected = highest - reportedHighest;
        long lost = Math.max(0, expected - (packets - reportedPackets));
        long fraction = expected == 0 ? 0 : Math.min(255, lost * 256 / expected);
        reportedHighest = highest;
        reportedPackets = packets;
        to.word(ssrc)
                .word((int) (fraction << 24))
                .word((int) highest)
                .word((int) jitter)
                .word(lastReport)
                .word(delay);
    }
}
