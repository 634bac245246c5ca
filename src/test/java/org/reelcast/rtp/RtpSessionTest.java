package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;

/** Packets as they go on the wire, byte by byte. */
class RtpSessionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final RtpTrackConfig VIDEO = RtpTrackConfig.of(Codec.H264, 102, 0x11223344, 0xfffe, 1000)
            .withMid("1", 4)
            .withOrientation(13)
            .withNack()
            .withRtx(103, 0x55667788, 7);
    private static final RtpTrackConfig AUDIO =
            RtpTrackConfig.of(Codec.OPUS, 111, 0x0a0b0c0d, 5, 48000).withMid("0", 4);
    /** 2024-01-01T00:00:00Z is NTP second 0xe93c7f00. */
    private static final long NEW_YEAR_US = 1_704_067_200_000_000L;

    private final CollectingSink sink = new CollectingSink();
    private final RtpSession session = new RtpSession(new RtpSessionConfig(VIDEO, AUDIO, "reel", NEW_YEAR_US));

    @Test
    void anAudioPacket_hasHeaderWithMidAndNoMarker() {
        session.enqueue(TestFrames.cutAudio(1_000_000, 3), 1_000_000, 1_000_000);
        session.poll(1_000_000, sink);
        String payload = HEX.formatHex(sink.rtp.get(0), 20, 23);
        assertEquals("906f0005" + "00017700" + "0a0b0c0d" + "bede0001" + "40300000" + payload, hex(sink.rtp.get(0)));
        assertEquals(1, sink.rtp.size());
        assertTrue(sink.isFlushed());
    }

    @Test
    void theLastPacketOfAKeyFrame_hasMarkerAndOrientation_andAllHeadersAreOfOneLength() {
        session.enqueue(TestFrames.cutVideo(true, 0, 3000), 0, 0);
        session.poll(0, sink);
        assertEquals(3, sink.rtp.size());
        assertEquals(
                "9066fffe" + "000003e8" + "11223344" + "bede0001" + "40310000", HEX.formatHex(sink.rtp.get(0), 0, 20));
        assertEquals("9066ffff", HEX.formatHex(sink.rtp.get(1), 0, 4));
        assertEquals(
                "b0e60000" + "000003e8" + "11223344" + "bede0001" + "4031d000", HEX.formatHex(sink.rtp.get(2), 0, 20));
        assertEquals(sink.rtp.get(0).length, sink.rtp.get(1).length);
        assertEquals(sink.rtp.get(1).length, sink.rtp.get(2).length, "by padding");
        assertEquals("01", HEX.formatHex(sink.rtp.get(2), sink.rtp.get(2).length - 1, sink.rtp.get(2).length));
    }

    @Test
    void theFirstPacket_isFollowedByASenderReport() {
        session.enqueue(TestFrames.cutAudio(500_000, 3), 500_000, 500_000);
        long next = session.poll(500_000, sink);
        assertEquals(1, sink.rtcp.size());
        assertEquals(
                "80c80006" + "0a0b0c0d" + "e93c7f00" + "80000000" + "00011940" + "00000001" + "00000003" + "81ca0003"
                        + "0a0b0c0d" + "01047265656c0000",
                hex(sink.rtcp.get(0)));
        assertTrue(next >= 1_400_000 && next <= 1_600_000, "next report at " + next);
        session.poll(next - 1, sink);
        assertEquals(1, sink.rtcp.size());
        session.poll(next, sink);
        assertEquals(2, sink.rtcp.size());
    }

    @Test
    void aLostPacket_isSentAgainByRtx_onceARoundTrip() {
        RtpFrame key = TestFrames.cutVideo(true, 0, 3000);
        session.enqueue(key, 0, 0);
        session.poll(0, sink);
        byte[] original = sink.rtp.get(2);
        sink.clear();
        byte[] nack = HEX.parseHex("81cd0003" + "00000001" + "11223344" + "00000000");
        assertEquals(RtpSession.RESEND, session.onRtcp(nack, 0, nack.length, 20_000));
        assertEquals(0, session.onRtcp(nack, 0, nack.length, 20_100));
        session.poll(20_100, sink);
        assertEquals(1, sink.rtp.size());
        byte[] again = sink.rtp.get(0);
        assertEquals(
                "90e70007" + "000003e8" + "55667788" + "bede0001" + "4031d000" + "0000", HEX.formatHex(again, 0, 22));
        assertEquals(
                HEX.formatHex(original, 20, original.length - 1),
                HEX.formatHex(again, 22, again.length),
                "without the byte of padding");
        assertEquals(RtpSession.RESEND, session.onRtcp(nack, 0, nack.length, 80_000));
    }

    @Test
    void withoutRtx_theSamePacketIsSentBitByBit() {
        RtpTrackConfig plain = RtpTrackConfig.of(Codec.H264, 102, 0x11223344, 0xfffe, 1000)
                .withNack()
                .withMid("video", 4)
                .withOrientation(13);
        RtpSession other = new RtpSession(new RtpSessionConfig(plain, null, "reel", 0));
        other.enqueue(TestFrames.cutVideo(true, 0, 5000), 0, 0);
        other.enqueue(TestFrames.cutVideo(false, 33_000, 4000), 33_000, 33_000);
        other.poll(33_000, sink);
        assertEquals(9, sink.rtp.size());
        byte[] nack = HEX.parseHex("81cd0003" + "00000001" + "11223344" + "fffe00ff");
        assertEquals(RtpSession.RESEND, other.onRtcp(nack, 0, nack.length, 50_000));
        for (int i = 51; other.poll(i * 1000L, sink) < 60_000; i++) {
            assertTrue(i < 60);
        }
        assertEquals(18, sink.rtp.size());
        for (int i = 0; i < 9; i++) {
            assertArrayEquals(sink.rtp.get(i), sink.rtp.get(9 + i));
        }
    }

    @Test
    void pictureLossAndFullIntra_areKeyFrameRequests_notTooOften() {
        byte[] pli = HEX.parseHex("81ce0002" + "00000001" + "11223344");
        byte[] fir = HEX.parseHex("84ce0004" + "00000001" + "00000000" + "11223344" + "05000000");
        assertEquals(RtpSession.KEY_FRAME, session.onRtcp(pli, 0, pli.length, 0));
        assertEquals(0, session.onRtcp(pli, 0, pli.length, 100_000));
        assertEquals(RtpSession.KEY_FRAME, session.onRtcp(fir, 0, fir.length, 400_000));
        assertEquals(0, session.onRtcp(fir, 0, fir.length, 900_000));
        assertEquals(3, session.statistics().video().keyFrameRequests());
    }

    @Test
    void aReceiverReport_givesRoundTripAndLoss() {
        // last report: middle of NTP e93c7f00.00000000; held for 0.25 s; comes back after 0.35 s
        byte[] report = HEX.parseHex(
                "81c90007" + "00000001" + "11223344" + "40fffffe" + "00010002" + "00000384" + "7f000000" + "00004000");
        session.onRtcp(report, 0, report.length, 350_000);
        RtpStatistics statistics = session.statistics();
        assertEquals(100_000, statistics.roundTripUs(), 20);
        assertEquals(64, statistics.video().fractionLost());
        assertEquals(-2, statistics.video().packetsLost());
        assertEquals(10_000, statistics.video().jitterUs());
    }

    @Test
    void pictureBeforeTheFirstKeyFrame_isDropped() {
        assertFalse(session.enqueue(TestFrames.cutVideo(false, 0, 100), 0, 0));
        assertTrue(session.enqueue(TestFrames.cutVideo(true, 0, 100), 0, 0));
        assertEquals(1, session.statistics().video().framesDropped());
    }

    @Test
    void close_saysGoodbyeOfWhatWasSent() {
        session.enqueue(TestFrames.cutAudio(0, 3), 0, 0);
        session.poll(0, sink);
        sink.clear();
        session.close(10, sink);
        assertEquals(1, sink.rtcp.size());
        assertTrue(hex(sink.rtcp.get(0)).endsWith("81cb0001" + "0a0b0c0d"));
        assertTrue(sink.isFlushed());
        assertEquals(Long.MAX_VALUE, session.poll(20, sink));
    }

    private static String hex(byte[] packet) {
        return HEX.formatHex(packet);
    }
}
