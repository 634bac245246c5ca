package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.rtp.FakeNetwork;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpFrame;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.RtpTrackConfig;
import org.reelcast.rtp.TestFrames;

/** A camera and a microphone behind a network. */
final class Publisher implements RtpReceiverListener {
    /** High profile, level 3.1, 1280x720. */
    static final byte[] SPS = HexFormat.of().parseHex("6764001facd9405005bb0110000003001000000303c0f1831960");

    static final byte[] PPS = HexFormat.of().parseHex("68ebe3cb22c0");
    static final RtpTrackConfig VIDEO = RtpTrackConfig.of(Codec.H264, 102, 0x1111, 65_000, 0xfff00000)
            .withNack()
            .withMid("1", 4)
            .withOrientation(13);
    static final RtpTrackConfig AUDIO =
            RtpTrackConfig.of(Codec.OPUS, 111, 0x3333, 65_500, 77).withNack().withMid("0", 4);
    static final ReceiveTrackConfig IN_AUDIO =
            new ReceiveTrackConfig(Codec.OPUS, new int[] {111}, RtpTrackConfig.NONE, 0, 0, true, 300_000);
    static final long FRAME_US = 40_000;
    static final long AUDIO_US = 20_000;
    static final long DELAY_US = 30_000;

    private final FakeNetwork forward;
    private final FakeNetwork back;
    final RtpSession session;
    final RtpReceiver receiver;
    private final List<Frame> videoIn = new ArrayList<>();
    private final List<Frame> audioIn = new ArrayList<>();
    final List<Frame> videoOut = new ArrayList<>();
    final List<Frame> audioOut = new ArrayList<>();
    boolean answersKeyRequests;
    private boolean keyNext = true;
    int losses;
    private long nowUs;
    long longestWaitUs;

    Publisher(RtpTrackConfig track, ReceiveTrackConfig video, double loss, long reorderUs) {
        forward = new FakeNetwork(21, loss, loss / 5, DELAY_US, reorderUs);
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
            for (FakeNetwork.Packet p; (p = forward.arrived(nowUs)) != null; ) {
                if (p.rtcp()) {
                    receiver.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                } else {
                    assertTrue(receiver.onRtp(p.bytes(), 0, p.bytes().length, nowUs));
                }
            }
            receiveUs = receiver.poll(nowUs, back);
            for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null; ) {
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
            Frame frame = key
                    ? TestFrames.video(TestFrames.TURNED, true, i * FRAME_US, SPS, PPS, nal(0x65, 30_000, i))
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
        RtpFrame cut = Packetizers.of(frame.format().codec()).packetize(frame);
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
            while (!Arrays.equals(content, content(audioIn.get(from)))) {
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

    /** A slice with first_mb_in_slice 0 that carries a number. */
    static byte[] nal(int header, int length, int number) {
        byte[] nal = TestFrames.nal(header, length, number);
        nal[1] = (byte) 0x88;
        nal[2] = (byte) (number >> 8);
        nal[3] = (byte) number;
        return nal;
    }

    static int number(Frame frame) {
        Slice last = frame.slice(frame.slices() - 1);
        return (last.array()[last.offset() + 2] & 0xff) << 8 | last.array()[last.offset() + 3] & 0xff;
    }

    static byte[] bytes(Slice slice) {
        return Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length());
    }

    static byte[] content(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < frame.slices(); i++) {
            out.writeBytes(bytes(frame.slice(i)));
        }
        return out.toByteArray();
    }
}
