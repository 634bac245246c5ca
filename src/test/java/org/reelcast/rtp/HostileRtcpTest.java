package org.reelcast.rtp;

import org.reelcast.media.Codec;

/** RTCP of any content to a session that has just sent: no exception, no deadline in the past. */
class HostileRtcpTest {
    private static final long NOW_US = 1_000_000;

    static void exercise(byte[] rtcp) {
        RtpTrackConfig video = RtpTrackConfig.of(Codec.H264, 102, 10, 65_500, 0).withNack();
        RtpTrackConfig audio = RtpTrackConfig.of(Codec.OPUS, 111, 11, 0, 0).withNack();
        RtpSession session = new RtpSession(new RtpSessionConfig(video, audio, "reel", 0));
        CollectingSink sink = new CollectingSink();
        session.enqueue(TestFrames.cutVideo(true, NOW_US, 3_000), NOW_US, NOW_US);
        session.enqueue(TestFrames.cutAudio(NOW_US, 50), NOW_US, NOW_US);
        for (long nowUs = NOW_US; nowUs < NOW_US + 50_000; nowUs += 10_000) {
            session.poll(nowUs, sink);
        }
        // the array ends with the packet: reading beyond would throw
        session.onRtcp(rtcp, 0, rtcp.length, NOW_US + 50_000);
        if (session.poll(NOW_US + 50_000, sink) <= NOW_US + 50_000) {
            throw new AssertionError("a deadline in the past");
        }
    }
}
