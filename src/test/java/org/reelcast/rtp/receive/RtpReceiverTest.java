package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.rtp.CollectingSink;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpStatistics;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.TestFrames;

/** A publisher, played by our own send side, over a network that loses, reorders and doubles; in virtual time. */
class RtpReceiverTest {
    private static final int NONE = RtpTrackConfig.NONE;
    private static final RtpTrackConfig RTX = Publisher.VIDEO.withRtx(103, 0x2222, 1);
    private static final ReceiveTrackConfig IN_VIDEO =
            new ReceiveTrackConfig(Codec.H264, new int[] {104, 102}, 103, 13, 0, true, 1_000_000);

    @Test
    void nothingLost_everyFrameComesAsItWasSent_inTime() {
        Publisher publisher = new Publisher(RTX, IN_VIDEO, 0, 0);
        publisher.play(20);
        publisher.checkContent();
        assertEquals(500, publisher.videoOut.size());
        assertEquals(1_000, publisher.audioOut.size());
        Format format = publisher.videoOut.get(0).format();
        assertEquals(1280, format.width());
        assertEquals(720, format.height());
        assertEquals(90, format.rotation());
        assertEquals(2, publisher.audioOut.get(0).format().channels());
        assertEquals(0, publisher.receiver.videoStatistics().gaps());
        assertEquals(0, publisher.receiver.videoStatistics().lost());
        checkTimes(publisher);
    }

    @Test
    void fivePercentLossAndReordering_everyFrameComes() {
        for (RtpTrackConfig track : List.of(RTX, Publisher.VIDEO)) {
            Publisher publisher = new Publisher(track, IN_VIDEO, 0.05, 20_000);
            // the very first packets may be lost unnoticed: then the first key frame is asked for
            publisher.answersKeyRequests = true;
            publisher.play(60);
            publisher.checkContent();
            publisher.checkNothingUndecodable();
            assertTrue(publisher.videoOut.size() >= 1_490, "frames: " + publisher.videoOut.size());
            assertEquals(0, publisher.losses);
            // sound waits no longer than 300 ms: three or four requests
            assertTrue(publisher.audioOut.size() >= 2_990, "sounds: " + publisher.audioOut.size());
            assertEquals(0, publisher.receiver.videoStatistics().gaps());
            ReceiveStatistics statistics = publisher.receiver.videoStatistics();
            assertTrue(track == RTX ? statistics.recovered() > 300 : statistics.recovered() == 0);
            assertTrue(publisher.longestWaitUs < 400_000, "waited " + publisher.longestWaitUs);
            RtpStatistics sender = publisher.session.statistics();
            assertTrue(sender.video().reports() > 50);
            assertEquals(2 * Publisher.DELAY_US, sender.roundTripUs(), 20_000);
            if (track == RTX) {
                assertEquals(
                        0.05,
                        (double) sender.video().packetsLost() / sender.video().packetsSent(),
                        0.015);
            }
        }
    }

    @Test
    void lossThatCannotBeMended_isFollowedByAKeyFrameOnRequest() {
        ReceiveTrackConfig deaf = new ReceiveTrackConfig(Codec.H264, new int[] {102}, NONE, 13, 0, false, 60_000);
        Publisher publisher = new Publisher(Publisher.VIDEO, deaf, 0.01, 10_000);
        publisher.answersKeyRequests = true;
        publisher.play(60);
        assertTrue(publisher.receiver.videoStatistics().gaps() > 10);
        assertTrue(publisher.receiver.videoStatistics().keyRequests() > 5);
        assertTrue(publisher.losses > 5);
        assertTrue(publisher.videoOut.size() > 500, "frames: " + publisher.videoOut.size());
        publisher.checkContent();
        publisher.checkNothingUndecodable();
    }

    @Test
    void aKeyFrameWithoutParameterSets_getsThoseOfBefore() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver = receiver(IN_VIDEO, out);
        CollectingSink sink = new CollectingSink();
        RtpSession session = new RtpSession(new RtpSessionConfig(RTX, null, "cam", 0));
        send(session, sink, 0, true, Publisher.SPS, Publisher.PPS, Publisher.nal(0x65, 500, 1));
        send(session, sink, 40_000, true, Publisher.nal(0x65, 500, 2));
        send(session, sink, 80_000, false, Publisher.nal(0x41, 500, 2));
        sink.rtp.forEach(p -> receiver.onRtp(p, 0, p.length, 0));
        assertEquals(3, out.size());
        assertArrayEquals(Publisher.SPS, Publisher.bytes(out.get(1).slice(0)));
        assertArrayEquals(Publisher.PPS, Publisher.bytes(out.get(1).slice(1)));
        assertEquals(3, out.get(1).slices());
        assertEquals(1, out.get(2).slices());
    }

    @Test
    void aPublisherOfModeZero_withAPacketForEachUnit_isTaken() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver = receiver(IN_VIDEO, out);
        List<List<byte[]>> pictures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int header = i % 10 == 0 ? 0x65 : 0x41;
            List<byte[]> units = new ArrayList<>(i % 10 == 0 ? List.of(Publisher.SPS, Publisher.PPS) : List.of());
            for (int slice = 0; slice < 4; slice++) {
                units.add(Publisher.nal(header, 900, i));
            }
            pictures.add(units);
        }
        int sequence = 65_530;
        for (int i = 0; i < pictures.size(); i++) {
            for (byte[] unit : pictures.get(i)) {
                boolean last = unit == pictures.get(i).get(pictures.get(i).size() - 1);
                byte[] packet = single(unit, sequence++, i * 3_600, last);
                assertTrue(receiver.onRtp(packet, 0, packet.length, i * 40_000L));
            }
        }
        assertEquals(pictures.size(), out.size());
        for (int i = 0; i < pictures.size(); i++) {
            assertEquals(i % 10 == 0, out.get(i).isKey());
            assertEquals(pictures.get(i).size(), out.get(i).slices());
            for (int slice = 0; slice < out.get(i).slices(); slice++) {
                assertArrayEquals(
                        pictures.get(i).get(slice), Publisher.bytes(out.get(i).slice(slice)));
            }
        }
    }

    /** RFC 6184 section 6.2: the unit is the payload. */
    private static byte[] single(byte[] unit, int sequence, int timestamp, boolean marker) {
        ByteBuffer packet = ByteBuffer.allocate(12 + unit.length)
                .put((byte) 0x80)
                .put((byte) (marker ? 0xe6 : 0x66))
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(0x1111)
                .put(unit);
        return packet.array();
    }

    @Test
    void aKeyFrameThatLostItsParameterSets_isNotGivenThoseOfBefore() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver =
                receiver(new ReceiveTrackConfig(Codec.H264, new int[] {102}, NONE, 13, 0, false, 0), out);
        CollectingSink sink = new CollectingSink();
        RtpSession session = new RtpSession(new RtpSessionConfig(Publisher.VIDEO, null, "cam", 0));
        for (int i = 0; i < 3; i++) {
            send(session, sink, i * 40_000, true, Publisher.SPS, Publisher.PPS, Publisher.nal(0x65, 3_000, i));
        }
        // three packets each: the sets, then the picture in fragments
        int packets = sink.rtp.size() / 3;
        for (int i = 0; i < sink.rtp.size(); i++) {
            if (i != 2 * packets) {
                receiver.onRtp(sink.rtp.get(i), 0, sink.rtp.get(i).length, i * 1_000L);
                receiver.poll(i * 1_000L, new CollectingSink());
            }
        }
        assertEquals(2, out.size(), "of " + packets + " packets each");
        sink.clear();
        send(session, sink, 120_000, true, Publisher.SPS, Publisher.PPS, Publisher.nal(0x65, 3_000, 3));
        sink.rtp.forEach(p -> receiver.onRtp(p, 0, p.length, 120_000));
        assertEquals(3, out.size());
    }

    @Test
    void aStreamThatStartsWithoutAKeyFrame_isAskedForOne_twiceASecondAtMost() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver = receiver(IN_VIDEO, out);
        CollectingSink in = new CollectingSink();
        CollectingSink back = new CollectingSink();
        RtpSession session = new RtpSession(new RtpSessionConfig(RTX, null, "cam", 0));
        send(session, in, 0, true, Publisher.nal(0x65, 100, 1));
        in.clear();
        for (int i = 1; i < 50; i++) {
            send(session, in, i * 40_000, false, Publisher.nal(0x41, 100, 1));
        }
        for (int i = 0; i < in.rtp.size(); i++) {
            receiver.onRtp(in.rtp.get(i), 0, in.rtp.get(i).length, i * 40_000L);
            receiver.poll(i * 40_000L, back);
        }
        assertEquals(0, out.size());
        assertEquals(4, receiver.videoStatistics().keyRequests());
    }

    @Test
    void aSourceThatComesBackUnderAnotherSsrc_isTakenAfterASilence() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver = receiver(IN_VIDEO, out);
        CollectingSink sink = new CollectingSink();
        RtpSession first = new RtpSession(new RtpSessionConfig(RTX, null, "cam", 0));
        send(first, sink, 0, true, Publisher.SPS, Publisher.PPS, Publisher.nal(0x65, 100, 1));
        RtpTrackConfig other = RtpTrackConfig.of(Codec.H264, 104, 0x9999, 3, 99);
        RtpSession second = new RtpSession(new RtpSessionConfig(other, null, "cam", 0));
        send(second, sink, 0, true, Publisher.SPS, Publisher.PPS, Publisher.nal(0x65, 100, 2));
        byte[] a = sink.rtp.get(0);
        byte[] b = sink.rtp.get(1);
        assertTrue(receiver.onRtp(a, 0, a.length, 0));
        assertFalse(receiver.onRtp(b, 0, b.length, 100_000));
        assertTrue(receiver.onRtp(b, 0, b.length, 700_000));
        assertEquals(2, out.size());
        assertEquals(700_000, out.get(1).presentationTimeUs());
    }

    @Test
    void garbageAndForeignPackets_areRefused() {
        RtpReceiver receiver = receiver(IN_VIDEO, new ArrayList<>());
        CollectingSink back = new CollectingSink();
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] b = new byte[random.nextInt(80)];
            random.nextBytes(b);
            if (b.length > 12) {
                b[0] = (byte) 0x80;
                b[1] = (byte) new int[] {102, 103, 104, 111, 96}[random.nextInt(5)];
                System.arraycopy(new byte[4], 0, b, 8, 4);
            }
            receiver.onRtp(b, 0, b.length, i * 100L);
            receiver.onRtcp(b, 0, b.length, i * 100L);
            assertTrue(receiver.poll(i * 100L, back) > i * 100L);
            back.clear();
        }
        assertTrue(receiver.broken() > 1_000);
    }

    @Test
    void goodbye_isSeenAndSaid() {
        RtpReceiver receiver = receiver(IN_VIDEO, new ArrayList<>());
        CollectingSink sink = new CollectingSink();
        RtpSession session = new RtpSession(new RtpSessionConfig(RTX, null, "cam", 0));
        send(session, sink, 0, true, Publisher.nal(0x65, 100, 1));
        session.close(1, sink);
        assertFalse(receiver.saidGoodbye());
        sink.rtcp.forEach(p -> receiver.onRtcp(p, 0, p.length, 1));
        assertTrue(receiver.saidGoodbye());
        sink.clear();
        receiver.close(2, sink);
        assertEquals(
                "81cb0001" + "00000077",
                HexFormat.of().formatHex(sink.rtcp.get(0)).substring(2 * sink.rtcp.get(0).length - 16));
    }

    /** From the first pair of reports on, audio and video are due when they were sent, but for the delay. */
    private static void checkTimes(Publisher publisher) {
        for (Frame frame : publisher.videoOut) {
            int number = Publisher.number(frame);
            if (number > 5) {
                assertEquals(
                        number * Publisher.FRAME_US + Publisher.DELAY_US,
                        frame.presentationTimeUs(),
                        12_000,
                        "frame " + number);
            }
        }
        for (int i = 10; i < publisher.audioOut.size(); i++) {
            assertEquals(
                    i * Publisher.AUDIO_US + Publisher.DELAY_US,
                    publisher.audioOut.get(i).presentationTimeUs(),
                    12_000);
        }
    }

    private static RtpReceiver receiver(ReceiveTrackConfig video, List<Frame> out) {
        return new RtpReceiver(
                new RtpReceiverConfig(video, Publisher.IN_AUDIO, 0x77, "reel", true, 1_000_000, 4_000_000), out::add);
    }

    private static void send(RtpSession session, CollectingSink sink, long timeUs, boolean key, byte[]... nals) {
        Frame frame = TestFrames.video(TestFrames.VIDEO, key, timeUs, nals);
        session.enqueue(Packetizers.of(Codec.H264).packetize(frame), timeUs, timeUs);
        session.poll(timeUs, sink);
    }
}
