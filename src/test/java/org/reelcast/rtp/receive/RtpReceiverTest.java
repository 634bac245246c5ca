package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.Codec;
import org.reelcast.codec.Format;
import org.reelcast.codec.Frame;
import org.reelcast.codec.Slice;
import org.reelcast.rtp.CollectingSink;
import org.reelcast.rtp.FakeNetwork;
import org.reelcast.rtp.Packetizer;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpStatistics;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.TestFrames;

/** A publisher, played by our own send side, over a network that loses, reorders and doubles; in virtual time. */
class RtpReceiverTest {
    /** High profile, level 3.1, 1280x720. */
    private static final byte[] SPS =
        HexFormat.of().parseHex("6764001facd9405005bb011000000300100000030" + "3c0f1831960");
    private static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
    private static final RtpTrackConfig VIDEO = RtpTrackConfig.of(Codec.H264, 102, 0x1111, 65_000, 0xfff00000)
        .withNack().withMid("1", 4).withOrientation(13);
    private static final RtpTrackConfig RTX = VIDEO.withRtx(103, 0x2222, 1);
    private static final RtpTrackConfig AUDIO = RtpTrackConfig.of(Codec.OPUS, 111, 0x3333, 65_500, 77).withNack()
        .withMid("0", 4);
    private static final int NONE = RtpTrackConfig.NONE;
    private static final ReceiveTrackConfig IN_AUDIO =
        new ReceiveTrackConfig(Codec.OPUS, new int[] {111}, NONE, 0, true, 300_000);
    private static final ReceiveTrackConfig IN_VIDEO =
        new ReceiveTrackConfig(Codec.H264, new int[] {104, 102}, 103, 13, true, 1_000_000);
    private static final long FRAME_US = 40_000;
    private static final long AUDIO_US = 20_000;
    private static final long DELAY_US = 30_000;

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
        for (RtpTrackConfig track : List.of(RTX, VIDEO)) {
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
            assertEquals(2 * DELAY_US, sender.roundTripUs(), 20_000);
            if (track == RTX) {
                assertEquals(0.05, (double) sender.video().packetsLost() / sender.video().packetsSent(), 0.015);
            }
        }
    }

    @Test
    void lossThatCannotBeMended_isFollowedByAKeyFrameOnRequest() {
        ReceiveTrackConfig deaf = new ReceiveTrackConfig(Codec.H264, new int[] {102}, NONE, 13, false, 60_000);
        Publisher publisher = new Publisher(VIDEO, deaf, 0.01, 10_000);
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
        send(session, sink, 0, true, SPS, PPS, nal(0x65, 500, 1));
        send(session, sink, 40_000, true, nal(0x65, 500, 2));
        send(session, sink, 80_000, false, nal(0x41, 500, 2));
        sink.rtp.forEach(p -> receiver.onRtp(p, 0, p.length, 0));
        assertEquals(3, out.size());
        assertArrayEquals(SPS, bytes(out.get(1).slice(0)));
        assertArrayEquals(PPS, bytes(out.get(1).slice(1)));
        assertEquals(3, out.get(1).slices());
        assertEquals(1, out.get(2).slices());
    }

    @Test
    void aStreamThatStartsWithoutAKeyFrame_isAskedForOne_twiceASecondAtMost() {
        List<Frame> out = new ArrayList<>();
        RtpReceiver receiver = receiver(IN_VIDEO, out);
        CollectingSink in = new CollectingSink();
        CollectingSink back = new CollectingSink();
        RtpSession session = new RtpSession(new RtpSessionConfig(RTX, null, "cam", 0));
        send(session, in, 0, true, nal(0x65, 100, 1));
        in.clear();
        for (int i = 1; i < 50; i++) {
            send(session, in, i * 40_000, false, nal(0x41, 100, 1));
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
        send(first, sink, 0, true, SPS, PPS, nal(0x65, 100, 1));
        RtpTrackConfig other = RtpTrackConfig.of(Codec.H264, 104, 0x9999, 3, 99);
        RtpSession second = new RtpSession(new RtpSessionConfig(other, null, "cam", 0));
        send(second, sink, 0, true, SPS, PPS, nal(0x65, 100, 2));
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
        send(session, sink, 0, true, nal(0x65, 100, 1));
        session.close(1, sink);
        assertFalse(receiver.saidGoodbye());
        sink.rtcp.forEach(p -> receiver.onRtcp(p, 0, p.length, 1));
        assertTrue(receiver.saidGoodbye());
        sink.clear();
        receiver.close(2, sink);
        assertEquals("81cb0001" + "00000077", HexFormat.of().formatHex(sink.rtcp.get(0))
            .substring(2 * sink.rtcp.get(0).length - 16));
    }

    /** From the first pair of reports on, audio and video are due when they were sent, but for the delay. */
    private static void checkTimes(Publisher publisher) {
        for (Frame frame : publisher.videoOut) {
            int number = number(frame);
            if (number > 5) {
                assertEquals(number * FRAME_US + DELAY_US, frame.presentationTimeUs(), 12_000, "frame " + number);
            }
        }
        for (int i = 10; i < publisher.audioOut.size(); i++) {
            assertEquals(i * AUDIO_US + DELAY_US, publisher.audioOut.get(i).presentationTimeUs(), 12_000);
        }
    }

    private static RtpReceiver receiver(ReceiveTrackConfig video, List<Frame> out) {
        return new RtpReceiver(new RtpReceiverConfig(video, IN_AUDIO, 0x77, "reel", true, 1_000_000, 4_000_000),
            out::add);
    }

    private static void send(RtpSession session, CollectingSink sink, long timeUs, boolean key, byte[]... nals) {
        Frame frame = TestFrames.video(TestFrames.VIDEO, key, timeUs, nals);
        session.enqueue(Packetizer.of(Codec.H264).packetize(frame), timeUs, timeUs);
        session.poll(timeUs, sink);
    }

    /** A slice with first_mb_in_slice 0 that carries a number. */
    private static byte[] nal(int header, int length, int number) {
        byte[] nal = TestFrames.nal(header, length, number);
        nal[1] = (byte) 0x88;
        nal[2] = (byte) (number >> 8);
        nal[3] = (byte) number;
        return nal;
    }

    private static int number(Frame frame) {
        Slice last = frame.slice(frame.slices() - 1);
        return (last.array()[last.offset() + 2] & 0xff) << 8 | last.array()[last.offset() + 3] & 0xff;
    }

    private static byte[] bytes(Slice slice) {
        return java.util.Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length());
    }

    private static byte[] content(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frame.slices(); i++) {
            out.writeBytes(bytes(frame.slice(i)));
        }
        return out.toByteArray();
    }

    /** A camera and a microphone behind a network. */
    private static final class Publisher implements RtpReceiverListener {
        private final FakeNetwork forward;
        private final FakeNetwork back;
        private final RtpSession session;
        private final RtpReceiver receiver;
        private final List<Frame> videoIn = new ArrayList<>();
        private final List<Frame> audioIn = new ArrayList<>();
        private final List<Frame> videoOut = new ArrayList<>();
        private final List<Frame> audioOut = new ArrayList<>();
        private boolean answersKeyRequests;
        private boolean keyNext = true;
        private int losses;
        private long nowUs;
        private long longestWaitUs;

        Publisher(RtpTrackConfig track, ReceiveTrackConfig video, double loss, long reorderUs) {
            forward = new FakeNetwork(11, loss, loss / 5, DELAY_US, reorderUs);
            back = new FakeNetwork(12, loss, loss / 5, DELAY_US, reorderUs);
            session = new RtpSession(new RtpSessionConfig(track, AUDIO, "cam", 1_700_000_000_000_000L));
            receiver = new RtpReceiver(
                new RtpReceiverConfig(video, IN_AUDIO, 0x77, "reel", false, 1_000_000, 4_000_000), this);
        }

        void play(int seconds) {
            long endUs = seconds * 1_000_000L;
            long sendUs = Long.MAX_VALUE;
            long receiveUs = Long.MAX_VALUE;
            while (nowUs < endUs + 1_500_000) {
                forward.at(nowUs);
                back.at(nowUs);
                capture(endUs);
                for (FakeNetwork.Packet p; (p = forward.arrived(nowUs)) != null;) {
                    if (p.rtcp()) {
                        receiver.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                    } else {
                        assertTrue(receiver.onRtp(p.bytes(), 0, p.bytes().length, nowUs));
                    }
                }
                receiveUs = receiver.poll(nowUs, back);
                for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null;) {
                    int flags = session.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                    keyNext |= answersKeyRequests && (flags & RtpSession.KEY_FRAME) != 0;
                }
                sendUs = session.poll(nowUs, forward);
                long captureUs = Math.min(videoIn.size() * FRAME_US, audioIn.size() * AUDIO_US);
                long next = Math.min(Math.min(sendUs, receiveUs), Math.min(forward.nextUs(), back.nextUs()));
                nowUs = Math.max(nowUs + 1, captureUs < endUs ? Math.min(next, captureUs) : next);
            }
            assertEquals(0, session.statistics().brokenRtcp());
            assertEquals(0, receiver.broken());
            assertEquals(0, receiver.videoStatistics().malformed());
        }

        private void capture(long endUs) {
            while (videoIn.size() * FRAME_US <= nowUs && videoIn.size() * FRAME_US < endUs) {
                int i = videoIn.size();
                boolean key = keyNext;
                keyNext = false;
                Frame frame = key ? TestFrames.video(TestFrames.TURNED, true, i * FRAME_US, SPS, PPS, nal(0x65, 30_000, i))
                    : TestFrames.video(TestFrames.TURNED, false, i * FRAME_US, nal(0x41, 200 + i * 37 % 9_000, i));
                videoIn.add(frame);
                send(frame);
            }
            while (audioIn.size() * AUDIO_US <= nowUs && audioIn.size() * AUDIO_US < endUs) {
                Frame frame = TestFrames.audio(audioIn.size() * AUDIO_US, TestFrames.nal(0xfc, 160, audioIn.size()));
                audioIn.add(frame);
                send(frame);
            }
        }

        private void send(Frame frame) {
            RtpFrame cut = Packetizer.of(frame.format().codec()).packetize(frame);
            session.enqueue(cut, frame.presentationTimeUs(), nowUs);
        }

        @Override
        public void onFrame(Frame frame) {
            if (frame.isVideo()) {
                videoOut.add(frame);
                longestWaitUs = Math.max(longestWaitUs, nowUs - number(frame) * FRAME_US);
            } else {
                audioOut.add(frame);
            }
        }

        @Override
        public void onVideoLoss() {
            losses++;
        }

        void checkContent() {
            int before = -1;
            long beforeUs = Long.MIN_VALUE;
            for (Frame frame : videoOut) {
                int number = number(frame);
                assertTrue(number > before && frame.presentationTimeUs() > beforeUs);
                before = number;
                beforeUs = frame.presentationTimeUs();
                assertArrayEquals(content(videoIn.get(number)), content(frame));
                assertEquals(videoIn.get(number).isKey(), frame.isKey());
            }
            int from = 0;
            for (Frame frame : audioOut) {
                byte[] content = content(frame);
                while (!java.util.Arrays.equals(content, content(audioIn.get(from)))) {
                    from++;
                }
                from++;
            }
        }

        /** Whatever is not a key frame comes right behind the frame it refers to. */
        void checkNothingUndecodable() {
            assertTrue(videoOut.get(0).isKey());
            for (int i = 1; i < videoOut.size(); i++) {
                assertTrue(videoOut.get(i).isKey() || number(videoOut.get(i)) == number(videoOut.get(i - 1)) + 1);
            }
        }
    }
}
