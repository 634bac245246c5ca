package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.reelcast.rtp.RtcpHandler;
import org.reelcast.rtp.RtcpReader;
import org.reelcast.rtp.RtcpWriter;

/** Reports about what came. */
class ReceptionStatisticsTest {
    private final ReceptionStatistics reception = new ReceptionStatistics(90_000);
    private String block;

    @Test
    void lossIsCountedSinceTheLastReportAndInAll() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 1) {
                reception.packet(70_000 + i, i * 3000, i * 33_333L);
            }
        }
        assertEquals("64 25 70099", report(4_000_000));
        for (int i = 100; i < 200; i++) {
            reception.packet(70_000 + i, i * 3000, i * 33_333L);
        }
        assertEquals("0 25 70199", report(8_000_000));
        reception.packet(70_001, 3000, 9_000_000);
        assertEquals("0 24 70199", report(9_000_000));
    }

    @Test
    void duplicatesMayMakeTheLossNegative() {
        for (int i = 0; i < 10; i++) {
            reception.packet(1000 + i, i * 3000, i * 33_333L);
            reception.packet(1000 + i, i * 3000, i * 33_333L);
        }
        assertEquals("0 -10 1009", report(1_000_000));
    }

    @Test
    void jitterNearsTheMeanDifference_asInAppendixA8() {
        for (int i = 0; i < 2_000; i++) {
            // every other frame is 10 ms late: differences of 10 ms
            reception.packet(i, i * 3000, i * 100_000L / 3 + (i % 2) * 10_000);
        }
        assertEquals(10_000, reception.jitterUs(), 700);
    }

    @Test
    void packetsOfOneFrame_spreadByThePacer_areNoJitter() {
        for (int i = 0; i < 1_000; i++) {
            for (int p = 0; p < 5; p++) {
                reception.packet(i * 5 + p, i * 3000, i * 100_000L / 3 + p * 4_000);
            }
        }
        assertEquals(0, reception.jitterUs(), 100);
    }

    @Test
    void theLastSenderReportComesBackWithItsDelay() {
        reception.packet(1, 0, 0);
        reception.senderReport(0x11112222_33334444L, 1_000_000);
        byte[] b = new byte[32];
        RtcpWriter.receiverReport(b, 0, 9, 1);
        reception.report(b, 8, 5, 1_500_000);
        RtcpReader.read(b, 0, 32, new RtcpHandler() {
            @Override
            public void onReportBlock(
                    int reporter, int ssrc, int fraction, int lost, int highest, long jitter, int last, int delay) {
                block = reporter + " " + ssrc + " " + Integer.toHexString(last) + " " + delay;
            }
        });
        assertEquals("9 5 22223333 32768", block);
    }

    private String report(long nowUs) {
        byte[] b = new byte[32];
        assertEquals(8, RtcpWriter.receiverReport(b, 0, 1, 1));
        assertEquals(32, reception.report(b, 8, 5, nowUs));
        RtcpReader.read(b, 0, 32, new RtcpHandler() {
            @Override
            public void onReportBlock(
                    int reporter, int ssrc, int fraction, int lost, int highest, long jitter, int last, int delay) {
                block = fraction + " " + lost + " " + highest;
            }
        });
        return block;
    }
}
