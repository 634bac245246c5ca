package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A publisher whose picture comes later than its sound, whose clocks drift and are set. */
class LipSyncTest {
    private static final long VIDEO_LATE_US = 120_000;
    private static final long AUDIO_TIMESTAMP = 5_000_000_000L;
    private static final long VIDEO_TIMESTAMP = 7_000_000_000L;
    private static final long WALL_US = 1_700_000_000_000_000L;

    private final TrackClock audio = new TrackClock(48_000);
    private final TrackClock video = new TrackClock(90_000);
    private final List<Long> told = new ArrayList<>();
    private final LipSync sync = new LipSync(audio, video, told::add);
    private long wallUs = WALL_US;
    /** How much faster the publisher's clocks run, in parts of a million. */
    private long drift;

    private long audioUs;
    private long videoUs;

    @Test
    void fromTheFirstPairOfReportsOn_bothTracksAreInStep() {
        play(0, 10);
        assertEquals(VIDEO_LATE_US, videoUs - audioUs, 50, "before any report each track is due as it comes");
        report(10);
        play(10, 20);
        assertEquals(0, videoUs - audioUs, 50);
        assertEquals(nowUs(19) + VIDEO_LATE_US, audioUs, 50, "the sound waits: times never go back");
        report(20);
        assertEquals(1, told.size());
        assertEquals(-VIDEO_LATE_US, told.get(0), 50);
    }

    @Test
    void soundThatComesLater_isWaitedForByThePicture() {
        for (int i = 0; i < 10; i++) {
            videoUs = video.dueUs(videoTimestamp(i), nowUs(i));
            audioUs = audio.dueUs(audioTimestamp(i), nowUs(i) + 200_000);
        }
        report(10);
        assertEquals(200_000, told.get(0), 50);
        assertEquals(nowUs(10) + 200_000, video.dueUs(videoTimestamp(10), nowUs(10)), 50);
        assertEquals(nowUs(10) + 200_000, audio.dueUs(audioTimestamp(10), nowUs(10) + 200_000), 50);
    }

    @Test
    void aWallClockThatIsSet_doesNotMoveThePicture() {
        play(0, 10);
        report(10);
        for (int second = 1; second < 60; second++) {
            play(second * 30, second * 30 + 30);
            if (second == 20) {
                // between the reports of the two tracks
                audioReport(second * 30);
                wallUs += 3_600_000_000L;
                videoReport(second * 30);
            } else {
                report(second * 30);
            }
            assertEquals(0, videoUs - audioUs, 50, "after " + second + " s");
        }
    }

    @Test
    void tracksThatAreReallyApart_areBroughtTogetherInTheEnd() {
        play(0, 10);
        report(10);
        play(10, 20);
        // the sender restarts its camera with other timestamps for the same moments
        for (int second = 1; second < 30; second++) {
            audio.report(audioTimestamp(second * 30), wall(second * 30));
            sync.reported();
            video.report(videoTimestamp(second * 30) + 90_000, wall(second * 30));
            sync.reported();
        }
        play(900, 901);
        assertEquals(-1_000_000, videoUs - audioUs, 50);
    }

    @Test
    void aFastPublisher_isFollowed() {
        drift = 100;
        play(0, 1);
        for (int second = 0; second < 3_600; second++) {
            play(second * 30, second * 30 + 30);
            report(second * 30);
            sync.followDrift(second * 1_000_000L);
        }
        // 360 ms in the hour without it
        assertEquals(3_600_000_000L + VIDEO_LATE_US, audioUs, 60_000);
        assertEquals(0, videoUs - audioUs, 5_000);
    }

    @Test
    void timestampsThatJump_startAnewWhereTheyCome() {
        TrackClock clock = new TrackClock(90_000);
        assertEquals(1_000, clock.dueUs(4_000_000_000L, 1_000));
        assertEquals(34_333, clock.dueUs(4_000_003_000L, 34_000));
        assertEquals(67_000, clock.dueUs(9_000_000_000L, 67_000));
        assertEquals(67_001, clock.dueUs(8_999_999_000L, 68_000), "never back");
        assertTrue(clock.dueUs(9_000_003_000L, 100_000) > 100_000);
        assertEquals(134_000, clock.dueUs(9_000_300_000L, 134_000), "three seconds early is no network's doing");
        assertEquals(467_333, clock.dueUs(9_000_330_000L, 5_000_000), "five seconds late may well be");
    }

    @Test
    void firstFrameThatWaitedForWhatWasLost_isDueWhenItsPromptestPacketCame() {
        TrackClock clock = new TrackClock(90_000);
        clock.arrived(9_000, 70_000);
        clock.arrived(12_000, 71_000);
        clock.arrived(12_000, 75_000);
        assertEquals(71_000 - 33_334, clock.dueUs(9_000, 300_000), 1);
        clock.arrived(15_000, 90_000);
        assertEquals(71_000, clock.dueUs(12_000, 300_000), 1, "settled");
    }

    /** Frames {@code from} to {@code to} of 30 a second, both tracks. */
    private void play(int from, int to) {
        for (int i = from; i < to; i++) {
            long nowUs = nowUs(i);
            audioUs = audio.dueUs(audioTimestamp(i), nowUs);
            videoUs = video.dueUs(videoTimestamp(i), nowUs + VIDEO_LATE_US);
        }
    }

    private void report(int frame) {
        audioReport(frame);
        videoReport(frame);
    }

    private void audioReport(int frame) {
        audio.report(audioTimestamp(frame), wall(frame));
        sync.reported();
    }

    private void videoReport(int frame) {
        video.report(videoTimestamp(frame), wall(frame));
        sync.reported();
    }

    private static long nowUs(int frame) {
        return frame * 1_000_000L / 30;
    }

    private long wall(int frame) {
        return wallUs + nowUs(frame) * (1_000_000 + drift) / 1_000_000;
    }

    private long audioTimestamp(int frame) {
        return AUDIO_TIMESTAMP + nowUs(frame) * (1_000_000 + drift) / 1_000_000 * 48 / 1000;
    }

    private long videoTimestamp(int frame) {
        return VIDEO_TIMESTAMP + nowUs(frame) * (1_000_000 + drift) / 1_000_000 * 9 / 100;
    }
}
