package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sender reports that are wrong move nothing: what arrives together is together. */
class WrongReportsTest {
    private static final long SECOND_US = 1_000_000;

    private final TrackClock audio = new TrackClock(48_000);
    private final TrackClock video = new TrackClock(90_000);
    private final List<Long> moves = new ArrayList<>();
    private final LipSync sync = new LipSync(audio, video, moves::add);

    private void arrive(long us) {
        audio.arrived(us * 48 / 1000, us);
        audio.dueUs(us * 48 / 1000, us);
        video.arrived(us * 90 / 1000, us);
        video.dueUs(us * 90 / 1000, us);
    }

    private void report(TrackClock clock, long timestamp, long ntpUs) {
        clock.report(timestamp, ntpUs);
        sync.reported();
    }

    private long apartUs(long atUs) {
        return audio.dueUs(atUs * 48 / 1000, atUs) - video.dueUs(atUs * 90 / 1000, atUs);
    }

    /** As a stack does that writes the decimal digits of a second where a fraction of 32 bits belongs. */
    @Test
    void wallClockThatStandsWithinASecond_isNotBelieved() {
        arrive(0);
        for (int i = 0; i < 8; i++) {
            long us = 500_000 + i * 1_370_000L;
            arrive(us);
            report(video, us * 90 / 1000, us / SECOND_US * SECOND_US);
            long later = us + 640_000;
            arrive(later);
            report(audio, later * 48 / 1000, later / SECOND_US * SECOND_US);
        }
        assertTrue(Math.abs(apartUs(20 * SECOND_US)) <= 2_000, apartUs(20 * SECOND_US) + " us apart");
        assertEquals(List.of(), moves);
    }

    @Test
    void tracksFarApart_areBroughtTogetherWhenTheNextReportsAgree() {
        arrive(0);
        for (int i = 1; i <= 2; i++) {
            long us = i * 2 * SECOND_US;
            arrive(us);
            // the sound was taken 0.8 s before the picture that came with it
            report(video, us * 90 / 1000, us);
            report(audio, us * 48 / 1000, us - 800_000);
            assertEquals(i == 1 ? 0 : 1, moves.size());
        }
        assertEquals(800_000, Math.abs(moves.get(0)), 1_000);
    }

    @Test
    void tracksALittleApart_areBroughtTogetherAtOnce() {
        arrive(0);
        report(video, 0, 0);
        report(audio, 0, -100_000);
        assertEquals(100_000, Math.abs(moves.get(0)), 1_000);
    }
}
