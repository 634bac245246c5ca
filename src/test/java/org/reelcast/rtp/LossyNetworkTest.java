package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;

/**
 * A film of a minute over a bad network, in virtual time: 30 frames a second, 2.5 Mbit/s, a key frame of 100 KB every
 * two seconds.
 */
class LossyNetworkTest {
    private static final long FRAME_US = 33_333;
    private static final long DELAY_US = 20_000;
    private static final long REORDER_US = 15_000;
    private static final RtpTrackConfig PLAIN = RtpTrackConfig.of(Codec.H264, 102, 0x1234567, 65_000, 0x7fffff00)
            .withNack()
            .withMid("1", 4)
            .withOrientation(13);
    private static final RtpTrackConfig RTX = PLAIN.withRtx(103, 0x7654321, 65_500);

    @Test
    void fivePercentLossAndReordering_everyFrameIsMendedByRtx() {
        check(RTX, 0.05, 1800, 300_000);
    }

    @Test
    void fivePercentLossAndReordering_everyFrameIsMendedByResendingWithoutRtx() {
        check(PLAIN, 0.05, 1800, 300_000);
    }

    @Test
    void noLoss_nothingIsSentTwiceExceptForReordering() {
        Run run = check(RTX, 0, 1800, 2 * DELAY_US + 60_000);
        assertEquals(0, run.forward.lost());
        TrackStatistics video = run.session.statistics().video();
        assertTrue(video.packetsResent() < video.packetsSent() / 4, "resent " + video.packetsResent());
    }

    @Test
    void fifteenPercentLoss_everyFrameIsMended() {
        check(RTX, 0.15, 600, 600_000);
    }

    @Test
    void halfOfAllLost_retransmissionStaysWithinItsShare() {
        Run run = new Run(RTX, 0.5);
        run.play(600);
        TrackStatistics video = run.session.statistics().video();
        assertTrue(video.packetsResent() > 0);
        assertTrue(video.bytesResent() < video.bytesSent(), video.toString());
        assertTrue(video.nacksIgnored() > 0);
    }

    @Test
    void sequenceNumbersGoRoundSeveralTimes_everyFrameIsMended() {
        Run run = new Run(RTX, 0.03);
        run.packetizer = new H264Packetizer(100);
        run.play(1500);
        assertTrue(run.session.statistics().video().packetsSent() > 2 * 65_536);
        run.checkFrames(300_000);
    }

    private static Run check(RtpTrackConfig track, double loss, int frames, long withinUs) {
        Run run = new Run(track, loss);
        run.play(frames);
        run.checkFrames(withinUs);
        TrackStatistics video = run.session.statistics().video();
        assertEquals(frames, video.framesSent());
        assertEquals(0, video.framesDropped());
        assertEquals(2 * DELAY_US, run.session.statistics().roundTripUs(), REORDER_US);
        if (loss > 0) {
            assertTrue(run.forward.lost() > video.packetsSent() * loss / 2);
            assertTrue(video.packetsResent() < video.packetsSent() * loss * 3 + video.packetsSent() / 4);
        }
        return run;
    }

    /** One film from start to end. */
    private static final class Run {
        private final FakeNetwork forward;
        private final FakeNetwork back;
        private final RtpSession session;
        private final FakeBrowser browser;
        private final RtpTrackConfig track;
        private final List<RtpFrame> sent = new ArrayList<>();
        private Packetizer packetizer = Packetizers.of(Codec.H264);
        private long deadlineUs = Long.MAX_VALUE;

        Run(RtpTrackConfig track, double loss) {
            this.track = track;
            forward = new FakeNetwork(1, loss, 0.01, DELAY_US, REORDER_US);
            back = new FakeNetwork(2, loss, 0.01, DELAY_US, REORDER_US);
            session = new RtpSession(
                    new RtpSessionConfig(track, null, "reel", 1_700_000_000_000_000L, RtpLimits.DEFAULT, loss < 0.3));
            browser = new FakeBrowser(track, 2 * DELAY_US);
        }

        void play(int frames) {
            long endUs = frames * FRAME_US + 1_500_000;
            for (long nowUs = 0; nowUs <= endUs; nowUs = nextUs(frames, nowUs)) {
                forward.at(nowUs);
                back.at(nowUs);
                while (sent.size() < frames && sent.size() * FRAME_US <= nowUs) {
                    boolean key = sent.size() % 60 == 0;
                    byte[] nal = TestFrames.nal(key ? 0x65 : 0x41, key ? 100_000 : 8_000, sent.size());
                    RtpFrame frame =
                            packetizer.packetize(TestFrames.video(TestFrames.VIDEO, key, sent.size() * FRAME_US, nal));
                    sent.add(frame);
                    assertTrue(session.enqueue(frame, frame.frame().presentationTimeUs(), nowUs));
                }
                for (FakeNetwork.Packet p; (p = forward.arrived(nowUs)) != null; ) {
                    browser.onPacket(p, nowUs);
                }
                browser.poll(nowUs, back);
                for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null; ) {
                    session.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                }
                deadlineUs = session.poll(nowUs, forward);
                assertTrue(deadlineUs > nowUs, "a deadline in the past would spin");
            }
        }

        private long nextUs(int frames, long nowUs) {
            long next = sent.size() < frames ? sent.size() * FRAME_US : Long.MAX_VALUE;
            next = Math.min(Math.min(next, deadlineUs), Math.min(forward.nextUs(), back.nextUs()));
            return Math.max(nowUs + 1, Math.min(next, browser.nextUs()));
        }

        void checkFrames(long withinUs) {
            assertEquals(0, browser.stillMissing());
            assertEquals(0, browser.givenUp());
            assertEquals(sent.size(), browser.frames().size());
            for (int i = 0; i < sent.size(); i++) {
                FakeBrowser.Whole whole = browser.frames().get(i);
                RtpFrame frame = sent.get(i);
                long dueUs = frame.frame().presentationTimeUs();
                assertTrue(
                        whole.completeUs() - dueUs <= withinUs,
                        "frame " + i + " was whole after " + (whole.completeUs() - dueUs) + " us");
                assertEquals(track.timestampBase() + (int) (dueUs * 9 / 100), (int) whole.timestamp());
                assertEquals(frame.packets(), whole.payloads().size());
                for (int p = 0; p < frame.packets(); p++) {
                    assertArrayEquals(
                            H264PacketizerTest.payload(frame, p),
                            whole.payloads().get(p));
                }
            }
        }
    }
}
