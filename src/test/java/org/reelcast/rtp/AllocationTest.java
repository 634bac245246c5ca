package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.media.Codec;

/** The send path leaves nothing for the garbage collector. */
class AllocationTest {
    private static final int FRAMES = 6_000;

    private final RtpTrackConfig video = RtpTrackConfig.of(Codec.H264, 102, 10, 0, 0)
            .withNack()
            .withRtx(103, 12, 0)
            .withMid("1", 4)
            .withOrientation(13);
    private final RtpTrackConfig audio =
            RtpTrackConfig.of(Codec.OPUS, 111, 11, 0, 0).withMid("0", 4);
    private final RtpSession session = new RtpSession(new RtpSessionConfig(video, audio, "reel", 0));
    private final ForgetfulSink sink = new ForgetfulSink();
    private final RtpFrame key = TestFrames.cutVideo(true, 0, 100_000);
    private final RtpFrame delta = TestFrames.cutVideo(false, 0, 9_000);
    private final RtpFrame sound = TestFrames.cutAudio(0, 160);
    private final byte[] report = HexFormat.of()
            .parseHex("81c90007" + "00000001" + "0000000a" + "10000001" + "00010002" + "00000384" + "00000000"
                    + "00000000");
    private final byte[] nack = HexFormat.of().parseHex("81cd0003" + "00000001" + "0000000a" + "00000005");
    private long nowUs;

    @Test
    void sendingInSteadyState_allocatesNothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        play();
        play();
        long packets = sink.packets;
        long before = threads.getThreadAllocatedBytes(thread);
        long after = threads.getThreadAllocatedBytes(thread);
        long byMeasuring = after - before;
        before = threads.getThreadAllocatedBytes(thread);
        play();
        after = threads.getThreadAllocatedBytes(thread);
        assertTrue(sink.packets - packets > 50_000);
        assertTrue(session.statistics().video().packetsResent() > 1_000);
        assertEquals(0, after - before - byMeasuring);
    }

    /** Frames, reports and losses, as a viewer's minutes bring them. */
    private void play() {
        for (int i = 0; i < FRAMES; i++) {
            long frameUs = nowUs;
            session.enqueue(i % 60 == 0 ? key : delta, nowUs, nowUs);
            session.enqueue(sound, nowUs, nowUs);
            for (long next = session.poll(nowUs, sink); next < frameUs + 33_333; next = session.poll(next, sink)) {
                nowUs = next;
            }
            nowUs = frameUs + 33_333;
            BigEndian.put16(nack, 12, sink.lastVideo - 5);
            session.onRtcp(nack, 0, nack.length, nowUs);
            BigEndian.put32(report, 16, sink.videoPackets - 1);
            session.onRtcp(report, 0, report.length, nowUs);
        }
    }

    /** Takes packets and forgets them. */
    private static final class ForgetfulSink extends FlatSink {
        private long packets;
        private int lastVideo;
        private int videoPackets;

        @Override
        public void commitRtp(int length) {
            packets++;
            if (array()[1] == 102) {
                lastVideo = BigEndian.u16(array(), 2);
                videoPackets++;
            }
        }

        @Override
        public void commitRtcp(int length) {
            packets++;
        }
    }
}
