package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.media.Codec;

/** When packets leave. */
class PacingTest {
    private static final RtpTrackConfig VIDEO =
            RtpTrackConfig.of(Codec.H264, 102, 1, 0, 0).withNack();
    private static final RtpTrackConfig AUDIO = RtpTrackConfig.of(Codec.OPUS, 111, 2, 0, 0);
    private static final long BURST_BYTES =
            RtpLimits.DEFAULT.paceFloorBps() / 8 * RtpLimits.DEFAULT.paceBurstUs() / 1_000_000;

    private final CollectingSink sink = new CollectingSink();
    private final RtpSession session = new RtpSession(new RtpSessionConfig(VIDEO, AUDIO, "reel", 0));

    @Test
    void aSmallFrame_leavesAtOnceInOneFlush() {
        session.enqueue(TestFrames.cutVideo(true, 0, 11_000), 0, 0);
        long next = session.poll(0, sink);
        assertEquals(10, sink.rtp.size());
        assertEquals(1, sink.flushes);
        assertTrue(next > 500_000, "nothing more to do until the next report");
    }

    @Test
    void aKeyFrameOf300Packets_isSpreadInRuns_andAudioIsNotDelayed() {
        RtpFrame key = TestFrames.cutVideo(true, 0, 300 * 1174 + 1);
        assertEquals(300, key.packets());
        session.enqueue(key, 0, 0);
        List<Long> times = new ArrayList<>();
        long audioDueUs = 0;
        long nowUs = 0;
        int polls = 0;
        while (times.size() < 300) {
            if (nowUs == audioDueUs) {
                session.enqueue(TestFrames.cutAudio(nowUs, 160), nowUs, nowUs);
                audioDueUs += 20_000;
            }
            sink.clear();
            boolean audioDue = audioDueUs == nowUs + 20_000;
            long next = session.poll(nowUs, sink);
            polls++;
            assertEquals(audioDue, sink.rtp.stream().anyMatch(packet -> (packet[1] & 0x7f) == 111), "audio leaves");
            for (byte[] packet : sink.rtp) {
                if ((packet[1] & 0x7f) == 102) {
                    times.add(nowUs);
                }
            }
            nowUs = Math.min(next, audioDueUs);
        }
        long took = times.get(299);
        assertTrue(took > 120_000 && took < 160_000, "took " + took + " us");
        assertTrue(polls < 60, polls + " polls");
        for (int i = 0; i < 300; i++) {
            int together = 0;
            for (int j = i; j < 300 && times.get(j) - times.get(i) <= 1_000; j++) {
                together++;
            }
            assertTrue(together * 1188L <= BURST_BYTES + 1188 + 2_500, together + " packets within a millisecond");
        }
    }

    @Test
    void audioBehindLongerPacketsAndAheadOfAShorterOne_ridesOrIsRidden() {
        session.enqueue(TestFrames.cutAudio(0, 160), 0, 0);
        session.enqueue(TestFrames.cutVideo(true, 0, 11_005), 0, 0);
        session.poll(0, sink);
        assertEquals(
                List.of(1115, 1115, 1115, 1115, 1115, 1115, 1115, 1115, 1115, 1115, 172),
                sink.rtp.stream().map(packet -> packet.length).toList());
        sink.clear();
        session.enqueue(TestFrames.cutVideo(false, 33_000, 100), 33_000, 33_000);
        session.enqueue(TestFrames.cutAudio(20_000, 160), 20_000, 33_000);
        session.poll(33_000, sink);
        assertEquals(
                List.of(172, 112),
                sink.rtp.stream().map(packet -> packet.length).toList());
        assertEquals(2, sink.flushes, "one a poll");
    }

    @Test
    void aRunningFilmOf8Mbit_doesNotWaitForThePacer() {
        long nowUs = 0;
        int late = 0;
        for (int i = 0; i < 300; i++) {
            nowUs = i * 40_000L;
            sink.clear();
            session.enqueue(TestFrames.cutVideo(i == 0, nowUs, 40_000), nowUs, nowUs);
            long next = session.poll(nowUs, sink);
            if (sink.rtp.size() < 35) {
                late++;
                while (session.statistics().queuedBytes() > 0) {
                    next = session.poll(next, sink);
                }
            }
        }
        assertTrue(late <= 60, late + " of 300 frames were spread, the first two seconds' excepted");
    }

    @Test
    void twoSecondsOfABigFilmForAJoiner_leaveWithinHalfASecond() {
        for (int i = 0; i < 60; i++) {
            session.enqueue(TestFrames.cutVideo(i == 0, i * 1000L, 33_000), i * 1000L, 0);
        }
        long nowUs = 0;
        for (long next = 0; session.statistics().queuedBytes() > 0; ) {
            nowUs = next;
            next = session.poll(nowUs, sink);
        }
        assertTrue(nowUs > 300_000 && nowUs < 510_000, "took " + nowUs);
        assertEquals(60, session.statistics().video().framesSent());
    }

    @Test
    void aQueueBeyondItsBytes_dropsToTheNextKeyFrameAndCounts() {
        RtpLimits d = RtpLimits.DEFAULT;
        RtpLimits small = new RtpLimits(
                d.paceFloorBps(),
                d.paceMultiple(),
                d.paceBurstUs(),
                d.drainUs(),
                100_000,
                d.maxQueueUs(),
                d.historyPackets(),
                d.historyUs(),
                d.resendFloorBps(),
                d.resendPercent(),
                d.resendBurstUs());
        RtpSession other = new RtpSession(new RtpSessionConfig(VIDEO, null, "reel", 0, small));
        assertTrue(other.enqueue(TestFrames.cutVideo(true, 0, 300_000), 0, 0), "alone it may be larger");
        assertFalse(other.enqueue(TestFrames.cutVideo(false, 1, 1_000), 1, 1));
        other.poll(1, sink);
        assertFalse(other.enqueue(TestFrames.cutVideo(false, 2, 1_000), 2, 2));
        long nowUs = 2;
        while (other.statistics().queuedBytes() > 0) {
            nowUs = other.poll(nowUs, sink);
        }
        assertFalse(other.enqueue(TestFrames.cutVideo(false, 3, 1_000), 3, nowUs), "no key frame yet");
        assertTrue(other.enqueue(TestFrames.cutVideo(true, 4, 1_000), 4, nowUs));
        assertTrue(other.enqueue(TestFrames.cutVideo(false, 5, 1_000), 5, nowUs));
        other.poll(nowUs + 10_000, sink);
        assertEquals(3, other.statistics().video().framesDropped());
        assertEquals(3, other.statistics().video().framesSent());
        int sequence = 0;
        for (byte[] packet : sink.rtp) {
            assertEquals(sequence++, BigEndian.u16(packet, 2), "what is dropped leaves no gap");
        }
    }

    @Test
    void aQueueNobodyPolls_isDroppedByAgeWhenTheNextKeyFrameComes() {
        session.enqueue(TestFrames.cutVideo(true, 0, 5_000), 0, 0);
        session.enqueue(TestFrames.cutVideo(false, 1, 5_000), 1, 1);
        assertFalse(session.enqueue(TestFrames.cutVideo(false, 2, 5_000), 2, 2_500_000));
        assertTrue(session.enqueue(TestFrames.cutVideo(true, 3, 5_000), 3, 2_600_000));
        session.enqueue(TestFrames.cutAudio(0, 100), 0, 0);
        session.enqueue(TestFrames.cutAudio(2_600_000, 100), 2_600_000, 2_600_000);
        session.poll(2_600_000, sink);
        assertEquals(1, session.statistics().video().framesSent());
        assertEquals(3, session.statistics().video().framesDropped());
        assertEquals(1, session.statistics().audio().framesSent());
        assertEquals(1, session.statistics().audio().framesDropped());
    }

    @Test
    void aViewerWithoutATrack_passesItsFramesOver() {
        RtpSession deaf = new RtpSession(new RtpSessionConfig(VIDEO, null, "reel", 0));
        assertTrue(deaf.enqueue(TestFrames.cutAudio(0, 100), 0, 0));
        assertEquals(Long.MAX_VALUE, deaf.poll(0, sink));
        assertEquals(0, sink.all.size());
        assertEquals(0, sink.flushes);
    }
}
