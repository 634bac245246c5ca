package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;

/** RTCP from the other side, well-meant or not. */
class RtcpReaderTest {
    private static final String RECEIVER_REPORT =
            "81c90007" + "00000001" + "0000000a" + "10fffffe" + "00010002" + "00000384" + "79000000" + "00004000";
    private static final String SENDER_REPORT =
            "80c80006" + "0000000b" + "0102030405060708" + "ffffffff" + "80000000" + "00000007";
    private static final String DESCRIPTION = "81ca0003" + "0000000b" + "01046162" + "63640000";
    private static final String NACK = "81cd0004" + "00000001" + "0000000a" + "fffe8001" + "00100000";
    private static final String PLI = "81ce0002" + "00000001" + "0000000a";
    private static final String FIR = "84ce0004" + "00000001" + "00000000" + "0000000a" + "2a000000";
    private static final String REMB = "8fce0005" + "00000001" + "00000000" + "52454d42" + "011bd090" + "0000000a";
    private static final String TRANSPORT = "8fcd0005" + "00000001" + "0000000a" + "00010001" + "00000100" + "20010400";
    private static final String GOODBYE = "82cb0003" + "0000000b" + "0000000c" + "03627965";
    private static final String EXTENDED = "80cf0004" + "00000001" + "04000002" + "0102030405060708";
    private static final String PADDED_PLI = "a1ce0003" + "00000001" + "0000000a" + "00000004";

    private final Log log = new Log();

    @Test
    void everyKnownPacket_isRead() {
        assertTrue(read(RECEIVER_REPORT));
        assertTrue(read(SENDER_REPORT));
        assertTrue(read(NACK));
        assertTrue(read(PLI));
        assertTrue(read(FIR));
        assertTrue(read(REMB));
        assertTrue(read(TRANSPORT));
        assertTrue(read(GOODBYE));
        assertTrue(read(PADDED_PLI));
        assertEquals(
                List.of(
                        "block 1 10 16 -2 65538 900 2030043136 16384",
                        "sr 11 102030405060708 -1 2147483648 7",
                        "nack 10 65534 32769",
                        "nack 10 16 0",
                        "pli 10",
                        "fir 10 42",
                        "remb 16000000",
                        "twcc 24",
                        "bye 11",
                        "bye 12",
                        "pli 10"),
                log.lines);
    }

    @Test
    void aCompoundWithPacketsWeDoNotCareFor_isReadToItsEnd() {
        assertTrue(read(RECEIVER_REPORT + DESCRIPTION + EXTENDED + "80cc0002" + "00000001" + "61626364" + REMB + NACK));
        assertEquals(4, log.lines.size());
    }

    @Test
    void brokenPackets_areNamedSo_andWhatCameBeforeCounts() {
        assertFalse(read(""));
        assertFalse(read("81"));
        assertFalse(read(PLI.substring(0, 22)), "cut short");
        assertFalse(read("41ce0002" + "00000001" + "0000000a"), "version 1");
        assertFalse(read("82" + RECEIVER_REPORT.substring(2)), "two blocks promised");
        assertFalse(read("80c80005" + SENDER_REPORT.substring(8, 48)), "short sender report");
        assertFalse(read("81ce0001" + "00000001"), "no media source");
        assertFalse(read("83cb0002" + "0000000b" + "0000000c"), "three goodbyes promised");
        assertFalse(read("a1ce0003" + "00000001" + "0000000a" + "00000000"), "padding of nothing");
        assertFalse(read("a1ce0003" + "00000001" + "0000000a" + "000000ff"), "padding beyond the packet");
        assertFalse(read(PADDED_PLI + PLI), "padding in the middle");
        assertEquals(List.of(), log.lines);
        assertFalse(read(PLI + "81ceffff"));
        assertEquals(List.of("pli 10"), log.lines);
    }

    @Test
    void aBitrateBeyondAllBounds_isNoLimit() {
        assertTrue(read("8fce0005" + "00000001" + "00000000" + "52454d42" + "01ffffff" + "0000000a"));
        assertEquals(List.of("remb " + Long.MAX_VALUE), log.lines);
    }

    @Test
    void anyBytes_neverThrowAndNeverReachOutside() {
        Random random = new Random(5506);
        String[] seeds = {
            RECEIVER_REPORT, SENDER_REPORT, DESCRIPTION, NACK, PLI, FIR, REMB, TRANSPORT, GOODBYE, EXTENDED, PADDED_PLI
        };
        RtpTrackConfig video = RtpTrackConfig.of(Codec.H264, 102, 10, 65_500, 0).withNack();
        RtpTrackConfig audio = RtpTrackConfig.of(Codec.OPUS, 111, 11, 0, 0).withNack();
        RtpSession session = new RtpSession(new RtpSessionConfig(video, audio, "reel", 0));
        CollectingSink sink = new CollectingSink();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder hex = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                hex.append(seeds[random.nextInt(seeds.length)]);
            }
            byte[] packet = HexFormat.of().parseHex(hex);
            for (int n = random.nextInt(6); n > 0; n--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(packet.length + 1) : packet.length;
            // the array ends with the packet: reading beyond would throw
            byte[] exact = new byte[3 + length];
            System.arraycopy(packet, 0, exact, 3, length);
            long nowUs = i * 100L;
            if (i % 500 == 0) {
                session.enqueue(TestFrames.cutVideo(true, nowUs, 3_000), nowUs, nowUs);
                session.enqueue(TestFrames.cutAudio(nowUs, 50), nowUs, nowUs);
                sink.clear();
            }
            session.onRtcp(exact, 3, length, nowUs);
            if (session.poll(nowUs, sink) <= nowUs) {
                throw new AssertionError("a deadline in the past");
            }
        }
        assertTrue(session.statistics().brokenRtcp() > 1_000);
        assertTrue(session.statistics().video().packetsResent() > 10);
        assertTrue(session.statistics().roundTripUs() >= 0);
    }

    private boolean read(String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        byte[] placed = new byte[packet.length + 5];
        System.arraycopy(packet, 0, placed, 5, packet.length);
        return RtcpReader.read(Arrays.copyOf(placed, placed.length), 5, packet.length, log);
    }

    private static final class Log implements RtcpHandler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void onSenderReport(int ssrc, long ntp, int timestamp, long packets, long octets) {
            lines.add("sr " + ssrc + " " + Long.toHexString(ntp) + " " + timestamp + " " + packets + " " + octets);
        }

        @Override
        public void onReportBlock(
                int reporter, int ssrc, int fraction, int lost, int highest, long jitter, int last, int delay) {
            lines.add("block " + reporter + " " + ssrc + " " + fraction + " " + lost + " " + highest + " " + jitter
                    + " " + last + " " + delay);
        }

        @Override
        public void onBye(int ssrc) {
            lines.add("bye " + ssrc);
        }

        @Override
        public void onNack(int ssrc, int sequence, int mask) {
            lines.add("nack " + ssrc + " " + sequence + " " + mask);
        }

        @Override
        public void onPictureLoss(int ssrc) {
            lines.add("pli " + ssrc);
        }

        @Override
        public void onFullIntraRequest(int ssrc, int count) {
            lines.add("fir " + ssrc + " " + count);
        }

        @Override
        public void onBitrateEstimate(long bitsPerSecond) {
            lines.add("remb " + bitsPerSecond);
        }

        @Override
        public void onTransportFeedback(byte[] b, int offset, int length) {
            lines.add("twcc " + length);
        }
    }
}
