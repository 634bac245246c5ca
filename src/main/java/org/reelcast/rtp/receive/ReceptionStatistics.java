package org.reelcast.rtp.receive;

import org.reelcast.rtp.NtpTime;
import org.reelcast.rtp.RtcpWriter;

/**
 * Statistics of one source that its sender is told in report blocks (RFC 3550 section 6.4.1, appendices A.3 and A.8).
 */
public final class ReceptionStatistics {
    private final int clockRate;
    private long first = -1;
    private long highest = -1;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int fractionLost;
    private int lastTimestamp;
    private int lastArrival;
    /** Times 16, as in appendix A.8. */
    private int jitter;

    private int lastReport;
    private long lastReportUs;

    /** @param clockRate of the timestamps, in Hz */
    public ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** A packet came under the source's own SSRC. */
    public void packet(long sequence, int timestamp, long nowUs) {
        int arrival = (int) (nowUs * (clockRate / 1000) / 1000);
        if (first < 0) {
            first = sequence;
            highest = sequence;
        } else if (sequence > highest) {
            highest = sequence;
            // by the interarrival time of packets in order; packets of one frame say nothing
            if (timestamp != lastTimestamp) {
                int difference = Math.abs(arrival - lastArrival - (timestamp - lastTimestamp));
                jitter += Math.min(difference, clockRate * 10) - (jitter + 8 >> 4);
            }
        }
        if (sequence == highest && timestamp != lastTimestamp || received == 0) {
            lastTimestamp = timestamp;
            lastArrival = arrival;
        }
        received++;
    }

    /** A sender report came. */
    public void senderReport(long ntp, long nowUs) {
        lastReport = NtpTime.middle(ntp);
        lastReportUs = nowUs;
    }

    /** Whether a packet came: there is something to report. */
    public boolean isStarted() {
        return first >= 0;
    }

    /** Writes a report block and begins the next interval; returns the offset behind it. */
    public int report(byte[] b, int at, int ssrc, long nowUs) {
        long expected = highest - first + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int lost = (int) Math.max(-0x800000, Math.min(0x7fffff, expected - received));
        int delay = lastReport == 0 ? 0 : (int) ((nowUs - lastReportUs << 16) / 1_000_000);
        return RtcpWriter.reportBlock(b, at, ssrc, fractionLost, lost, (int) highest, jitter >> 4, lastReport, delay);
    }

    /** Of 256, as last reported. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Expected but not received; negative when many came twice. */
    public long lost() {
        return first < 0 ? 0 : highest - first + 1 - received;
    }

    public long received() {
        return received;
    }

    /** Interarrival jitter (RFC 3550 section 6.4.1). */
    public long jitterUs() {
        return (jitter >> 4) * 1_000_000L / clockRate;
    }

    /** The source starts anew. */
    public void reset() {
        first = -1;
        highest = -1;
        received = 0;
        expectedBefore = 0;
        receivedBefore = 0;
        jitter = 0;
        lastReport = 0;
    }
}
