package org.reelcast.rtp;

import org.reelcast.bitstream.BigEndian;

/**
 * The sender reports of one track: a compound of SR and SDES (RFC 3550 section 6.1), the first right behind the first
 * packet so that lip sync holds from the start, then about every second, and as the last, shorter datagram of a
 * picture's send when one comes in time. Each track has a compound of its own: pion takes none in which a second SR
 * stands before the SDES.
 */
final class SenderReports {
    private static final long INTERVAL_US = 1_000_000;
    /** How long a report waits for a send to ride with. */
    private static final long PATIENCE_US = 200_000;

    private final RtpTrackConfig track;
    private final byte[] compound;
    private final long wallClockAtZeroUs;
    private int random;
    private long dueUs = Long.MAX_VALUE;
    private long ridesFromUs = Long.MAX_VALUE;

    SenderReports(RtpTrackConfig track, byte[] cname, long wallClockAtZeroUs) {
        this.track = track;
        this.wallClockAtZeroUs = wallClockAtZeroUs;
        this.random = track.ssrc() | 1;
        compound = new byte[RtcpWriter.SENDER_INFO + RtcpWriter.sourceDescriptionLength(cname)];
        int at = RtcpWriter.senderReport(compound, 0, track.ssrc(), 0, 0, 0, 0);
        RtcpWriter.sourceDescription(compound, at, track.ssrc(), cname);
    }

    /** The first packet left: a report is due. */
    void start(long nowUs) {
        if (dueUs == Long.MAX_VALUE) {
            dueUs = nowUs;
        }
    }

    /** When a report is to be sent at the latest. */
    long dueUs() {
        return dueUs;
    }

    /** @param rides whether it would be the last datagram of a send that takes place anyway */
    boolean isDue(boolean rides, long nowUs) {
        return nowUs >= (rides ? Math.min(ridesFromUs, dueUs) : dueUs);
    }

    /** Sends a report that maps now to now, on the wall clock and in timestamps. */
    void send(PacketSink sink, long packets, long octets, long nowUs) {
        int at = sink.reserve(compound.length);
        write(sink.array(), at, packets, octets, nowUs);
        sink.commitRtcp(compound.length);
        dueUs = nowUs + INTERVAL_US * 9 / 10 + nextRandom(INTERVAL_US / 5);
        ridesFromUs = dueUs - PATIENCE_US;
    }

    /** Sends a report with a goodbye. */
    void sendBye(PacketSink sink, long packets, long octets, long nowUs) {
        int length = compound.length + 8;
        int at = sink.reserve(length);
        write(sink.array(), at, packets, octets, nowUs);
        RtcpWriter.goodbye(sink.array(), at + compound.length, track.ssrc());
        sink.commitRtcp(length);
        dueUs = Long.MAX_VALUE;
    }

    private void write(byte[] target, int at, long packets, long octets, long nowUs) {
        System.arraycopy(compound, 0, target, at, compound.length);
        BigEndian.put64(target, at + 8, NtpTime.fromUnixUs(wallClockAtZeroUs + nowUs));
        BigEndian.put32(target, at + 16, RtpTime.timestamp(track, nowUs));
        BigEndian.put32(target, at + 20, (int) packets);
        BigEndian.put32(target, at + 24, (int) octets);
    }

    /** Reports of many viewers who came at once drift apart (RFC 3550 section 6.3.1). Xorshift. */
    private long nextRandom(long bound) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        return (random & 0xffffffffL) % bound;
    }
}
