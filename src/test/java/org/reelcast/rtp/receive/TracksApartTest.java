package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Codec;
import org.reelcast.media.Frame;
import org.reelcast.rtp.FakeNetwork;
import org.reelcast.rtp.Packetizers;
import org.reelcast.rtp.RtpSession;
import org.reelcast.rtp.RtpSessionConfig;
import org.reelcast.rtp.TestFrames;

/** A publisher whose sound and picture come by ways of their own, the sound by the longer one. */
class TracksApartTest {
    private static final long WALL_US = 1_700_000_000_000_000L;
    private static final long SOUND_LATER_US = 200_000;
    private static final ReceiveTrackConfig VIDEO =
            new ReceiveTrackConfig(Codec.H264, new int[] {102}, -1, 13, 0, true, 1_000_000);

    private final List<Frame> pictures = new ArrayList<>();
    private final List<Frame> sounds = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final RtpReceiverListener listener = new RtpReceiverListener() {
        @Override
        public void onFrame(Frame frame) {
            (frame.isVideo() ? pictures : sounds).add(frame);
        }

        @Override
        public void onInStep(long pictureUs) {
            told.add(pictureUs);
        }
    };
    private final Way seen = new Way(
            Publisher.DELAY_US,
            new RtpSession(new RtpSessionConfig(Publisher.VIDEO, null, "cam", WALL_US)),
            new RtpReceiver(new RtpReceiverConfig(VIDEO, null, 0x77, "reel", false, 1_000_000, 0), listener));
    private final Way heard = new Way(
            Publisher.DELAY_US + SOUND_LATER_US,
            new RtpSession(new RtpSessionConfig(null, Publisher.AUDIO, "cam", WALL_US)),
            new RtpReceiver(
                    new RtpReceiverConfig(null, Publisher.IN_AUDIO, 0x78, "reel", false, 1_000_000, 0),
                    listener,
                    seen.receiver));

    /** One transport. */
    private static final class Way {
        private final FakeNetwork forward;
        private final FakeNetwork back = new FakeNetwork(1, 0, 0, 0, 0);
        private final RtpSession session;
        private final RtpReceiver receiver;

        private Way(long delayUs, RtpSession session, RtpReceiver receiver) {
            this.forward = new FakeNetwork(2, 0, 0, delayUs, 0);
            this.session = session;
            this.receiver = receiver;
        }

        private void send(Frame frame, long nowUs) {
            session.enqueue(Packetizers.of(frame.format().codec()).packetize(frame), frame.presentationTimeUs(), nowUs);
        }

        private void carry(long nowUs) {
            forward.at(nowUs);
            back.at(nowUs);
            session.poll(nowUs, forward);
            for (FakeNetwork.Packet p; (p = forward.arrived(nowUs)) != null; ) {
                if (p.rtcp()) {
                    receiver.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
                } else {
                    assertTrue(receiver.onRtp(p.bytes(), 0, p.bytes().length, nowUs));
                }
            }
            receiver.poll(nowUs, back);
            for (FakeNetwork.Packet p; (p = back.arrived(nowUs)) != null; ) {
                session.onRtcp(p.bytes(), 0, p.bytes().length, nowUs);
            }
        }
    }

    @Test
    void reportsOfBoth_bringThemInStep() {
        for (long nowUs = 0; nowUs < 12_000_000; nowUs += 1000) {
            if (nowUs % Publisher.FRAME_US == 0) {
                int number = (int) (nowUs / Publisher.FRAME_US);
                seen.send(
                        number == 0
                                ? TestFrames.video(
                                        TestFrames.TURNED,
                                        true,
                                        0,
                                        Publisher.SPS,
                                        Publisher.PPS,
                                        Publisher.nal(0x65, 3000, 0))
                                : TestFrames.video(TestFrames.TURNED, false, nowUs, Publisher.nal(0x41, 300, number)),
                        nowUs);
            }
            if (nowUs % Publisher.AUDIO_US == 0) {
                heard.send(TestFrames.audio(nowUs, TestFrames.nal(0xfc, 160, 1)), nowUs);
            }
            seen.carry(nowUs);
            heard.carry(nowUs);
        }
        assertEquals(1, told.size(), "the listener of the first hears of it, once");
        assertEquals(SOUND_LATER_US, told.get(0), 2_000);
        assertEquals(SOUND_LATER_US, apartUs(0), 2_000, "before any report each is due as it comes");
        assertEquals(0, apartUs(250), 2_000);
        assertTrue(seen.session.statistics().roundTripUs() >= 0);
        assertEquals(0, seen.receiver.broken() + heard.receiver.broken());
    }

    /** By how much the sound of a picture's moment is due later than it. */
    private long apartUs(int picture) {
        return sounds.get(2 * picture).presentationTimeUs()
                - pictures.get(picture).presentationTimeUs();
    }
}
