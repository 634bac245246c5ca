package org.reelcast.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.rtp.NarrowLinkPlayback.Sent;

/** What a viewer gets of a film of 2.5 Mbit/s over links that are too narrow, or bad, in virtual time. */
class ThinningTest {
    private static final long WIDE = 20_000_000;
    private static final long THREE_QUARTERS = 1_800_000;
    private static final long HALF = 1_200_000;
    private static final long FIFTH = 480_000;
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void halfTheWidth_keyFramesAndSoundArrive() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(HALF, 0), false).until(8);
        assertEquals(1, run.shortagesUs.size());
        assertEquals(SendLevel.KEYS, run.level());
        assertTrue(
                run.session.link().mediaBps() > 2_300_000 && run.session.link().mediaBps() < 2_700_000,
                run.session.link().toString());
        assertTrue(run.session.link().linkBps() < HALF, run.session.link().toString());
        run.forward.takeLongestQueueUs();
        run.until(14);
        assertEquals(SendLevel.KEYS, run.level());
        assertKeyFramesAlone(run.due(8, 13));
        assertTrue(run.soundArrived(8, 13) > 0.99, "sound");
        assertTrue(run.forward.takeLongestQueueUs() < 100_000, "nothing queues up on the way");
        run.until(100);
        assertEquals(List.of(), run.recoveriesUs, "what was tried told that it would not do");
        assertTrue(run.soundArrived(8, 99) > 0.97, "sound " + run.soundArrived(8, 99));
        assertTrue(run.shortagesUs.size() >= 8, "said again while it lasts: " + run.shortagesUs);
    }

    @Test
    void fifthOfTheWidth_soundArrivesAndWhatWaitsIsBounded() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(FIFTH, 0), false).until(20);
        assertEquals(SendLevel.KEYS, run.level());
        run.mostQueued = 0;
        run.forward.takeLongestQueueUs();
        run.until(60);
        assertTrue(run.soundArrived(20, 59) > 0.9, "sound " + run.soundArrived(20, 59));
        assertTrue(run.mostQueued < 250_000, "queued " + run.mostQueued);
        long whole = run.due(20, 58).stream()
                .filter(frame -> frame.wholeUs() != NEVER)
                .count();
        assertTrue(whole >= 5, "key frames " + whole);
    }

    @Test
    void suddenDropAndRecovery_allFramesAgainFromAKeyFrameOn() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0), false).until(20);
        assertEquals(List.of(), run.shortagesUs);
        assertAllWhole(run.due(0, 19));
        run.forward.carry(HALF);
        run.until(27);
        assertEquals(1, run.shortagesUs.size());
        assertEquals(SendLevel.KEYS, run.level());
        run.forward.carry(WIDE);
        run.until(60);
        assertEquals(SendLevel.ALL, run.level());
        assertEquals(1, run.recoveriesUs.size());
        int first = (int) (run.recoveriesUs.get(0) / NarrowLinkPlayback.FRAME_US) + 1;
        int key = (first + NarrowLinkPlayback.KEY_INTERVAL - 1)
                / NarrowLinkPlayback.KEY_INTERVAL
                * NarrowLinkPlayback.KEY_INTERVAL;
        for (Sent frame : run.frames.subList(first, key)) {
            assertFalse(frame.wasTaken(), "what refers to frames that were left out");
        }
        assertAllWhole(run.frames.subList(key, 59 * 30));
        assertTrue(run.recoveriesUs.get(0) < 45_000_000, run.recoveriesUs.toString());
    }

    @Test
    void framesThatNothingDependsOn_goFirst() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0), true).until(10);
        run.forward.carry(THREE_QUARTERS);
        run.until(18);
        assertEquals(SendLevel.REFERENCES, run.level());
        run.until(22);
        List<Sent> frames = run.due(18, 21);
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(i % 2 == 0, frames.get(i).wasTaken());
            assertEquals(i % 2 == 0, frames.get(i).wholeUs() != NEVER, "frame " + i);
        }
        assertTrue(run.soundArrived(18, 21) > 0.99);
        run.forward.carry(HALF / 2);
        run.until(28);
        assertEquals(SendLevel.KEYS, run.level());
        run.forward.carry(WIDE);
        run.until(70);
        assertEquals(SendLevel.ALL, run.level());
        assertAllWhole(run.due(66, 69));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 15})
    void lossOnALinkThatIsWideEnough_changesNothing(int percent) {
        NarrowLinkPlayback run =
                new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, percent / 100.0), false).until(60);
        assertEquals(List.of(), run.shortagesUs);
        assertEquals(0, run.session.link().framesThinned());
    }

    @Test
    void heavyLossThatDoesNotGoDownWithTheBitrate_isNotTakenForANarrowLink() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0.3), false).until(20);
        assertEquals(SendLevel.ALL, run.level());
        long thinned = run.session.link().framesThinned();
        run.until(90);
        assertEquals(SendLevel.ALL, run.level());
        assertEquals(thinned, run.session.link().framesThinned());
        assertEquals(1, run.session.link().shortages());
    }

    @Test
    void linkThatIsBadBesides_recoversAllTheSame() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0.08), false).until(20);
        run.forward.carry(HALF);
        run.until(30);
        assertEquals(SendLevel.KEYS, run.level());
        run.forward.carry(WIDE);
        run.until(60);
        assertEquals(SendLevel.ALL, run.level());
    }

    @Test
    void keyFramesThatFillTheQueueOfALinkThatIsWideEnough_changeNothing() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(2_900_000, 0), false).until(60);
        assertEquals(List.of(), run.shortagesUs);
        assertTrue(run.forward.takeLongestQueueUs() > 200_000);
    }

    @Test
    void linkThatQueuesSecondsAndLosesNothing_isNarrowAllTheSame() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(new NarrowNetwork(HALF, 4_000_000, 20_000, 0), false).until(8);
        assertEquals(SendLevel.KEYS, run.level());
        run.until(14);
        run.forward.takeLongestQueueUs();
        run.until(16);
        assertTrue(run.forward.takeLongestQueueUs() < 100_000);
    }

    @Test
    void lowEstimateOfTheReceiver_isBelievedOnlyWherePacketsQueueUp() {
        NarrowLinkPlayback wide = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0.05), false);
        wide.estimate(300_000);
        wide.until(30);
        assertEquals(List.of(), wide.shortagesUs);
    }

    @Test
    void outage_isNotTakenForANarrowLink() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0), false).until(15);
        run.forward.carry(1);
        run.until(16);
        run.forward.carry(WIDE);
        run.forward.clear();
        run.until(40);
        assertEquals(List.of(), run.shortagesUs);
        assertAllWhole(run.due(20, 39));
    }

    /** A film of 1 Mbit/s that is to be had at 300 kbit/s, on a link of 4, 0.8 and 4 Mbit/s that loses nothing. */
    @Test
    void smallerFilm_isTakenBeforeAnythingIsLeftOut_andTheLargeOneAgain() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(new NarrowNetwork(4_000_000, 4_000_000, 20_000, 0), false)
                .alsoSmaller(40, 12)
                .until(20);
        assertEquals(List.of(), run.smallerUs);
        run.forward.carry(800_000);
        run.until(32);
        assertEquals(1, run.smallerUs.size(), run.smallerUs.toString());
        assertTrue(run.smallerUs.get(0) < 25_000_000, run.smallerUs.toString());
        assertEquals(List.of(), run.largerUs);
        run.forward.carry(4_000_000);
        run.until(60);
        assertEquals(1, run.largerUs.size(), run.largerUs.toString());
        assertEquals(1, run.smallerUs.size(), run.smallerUs.toString());
        assertTrue(run.largerUs.get(0) < 42_000_000, run.largerUs.toString());
        assertAllWhole(run.due(0, 59));
        assertEquals(List.of(), run.shortagesUs, "nothing was left out");
        assertEquals(0, run.session.link().framesThinned());
    }

    /** What does not carry the small one either loses pictures, as without. */
    @Test
    void linkThatIsTooNarrowForTheSmallOne_getsKeyFramesOfIt() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(NarrowLinkPlayback.link(WIDE, 0), false)
                .alsoSmaller(100, 50)
                .until(10);
        run.forward.carry(650_000);
        run.until(60);
        assertEquals(SendLevel.KEYS, run.level());
        assertTrue(run.soundArrived(30, 59) > 0.9, "sound " + run.soundArrived(30, 59));
    }

    /** Each try that fails makes the next wait longer. */
    @Test
    void linkThatStaysNarrow_isTriedEverMoreSeldom() {
        NarrowLinkPlayback run = new NarrowLinkPlayback(new NarrowNetwork(800_000, 4_000_000, 20_000, 0), false)
                .alsoSmaller(40, 12)
                .until(180);
        int tries = run.largerUs.size();
        assertTrue(tries >= 2 && tries <= 6, run.largerUs.toString());
        assertEquals(List.of(), run.shortagesUs);
        assertAllWhole(run.due(0, 178));
    }

    private static void assertKeyFramesAlone(List<Sent> frames) {
        for (Sent frame : frames) {
            assertEquals(frame.isKey(), frame.wasTaken());
            assertEquals(frame.isKey(), frame.wholeUs() != NEVER);
        }
    }

    private static void assertAllWhole(List<Sent> frames) {
        for (int i = 0; i < frames.size(); i++) {
            assertTrue(frames.get(i).wholeUs() != NEVER, "frame " + i);
        }
    }
}
