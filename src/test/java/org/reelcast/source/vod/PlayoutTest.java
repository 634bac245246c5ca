package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

class PlayoutTest {
    private static final long START_US = 5_000_000;
    private static final long FRAME_US = 33_367;

    private final FilmQueue queue = new FilmQueue();
    private long inHandUs = Long.MAX_VALUE;
    private boolean refilled = true;
    private final Playout playout = new Playout(
            queue,
            0,
            timeUs -> inHandUs > timeUs,
            () -> refilled,
            Playout.WhenLate.WAIT,
            (tracks, filmUs, lateUs, again) -> fail("it waits"));
    private final List<Frame> out = new ArrayList<>();
    private final List<Frame> leading = new ArrayList<>();

    @BeforeEach
    void read() {
        playout.join(0, START_US);
    }

    private void take(int track, Frame frame, boolean past) {
        (past ? leading : out).add(frame);
    }

    @Test
    void frameIsHandedOutWhenItIsDueAndNotBefore() {
        queue.add(3);
        playout.start(START_US, 0);

        assertEquals(START_US + FRAME_US, playout.poll(START_US, this::take));
        assertEquals(1, out.size());
        assertEquals(START_US + FRAME_US, playout.poll(START_US + FRAME_US - 1, this::take));
        assertEquals(1, out.size());
        playout.poll(START_US + FRAME_US, this::take);
        assertEquals(START_US + FRAME_US, out.get(1).presentationTimeUs());
    }

    @Test
    void soundLeavesAheadOfThePictureOfItsMoment_withItsTimeUnchanged() {
        long soundUs = 100_000;
        queue.frames.add(new Frame(FakeRendition.AUDIO, soundUs, soundUs, true, Slice.of(new byte[1])));
        playout.start(START_US, 0);
        long leavesUs = START_US + soundUs - Playout.SOUND_LEAD_US;

        assertEquals(leavesUs, playout.poll(leavesUs - 1, this::take));
        playout.poll(leavesUs, this::take);
        assertEquals(START_US + soundUs, out.get(0).presentationTimeUs());
    }

    @Test
    void pictureThatStandsForLong_keepsTheAnchorFromBeingSetNoLongerThanOthers() {
        queue.add(1);
        addSound(20_000_000);
        playout.start(START_US, 0);

        playout.poll(START_US, this::take);
        playout.poll(START_US + Playout.SETTLED_US - 1, this::take);
        assertEquals(0, playout.anchors());
        playout.poll(START_US + Playout.SETTLED_US, this::take);
        assertEquals(1, playout.anchors());
    }

    @Test
    void soundThatIsDueBeforeTheNextPictureLeavesWithThisOne_unlessThatIsFarOff() {
        queue.add(1);
        addSound(Playout.SOUND_LEAD_US + 10_000);
        addSound(Playout.SOUND_LEAD_US + 30_000);
        addSound(Playout.SOUND_LEAD_US + Playout.RIDE_US + 1);
        playout.start(START_US, 0);

        assertEquals(START_US + Playout.RIDE_US + 1, playout.poll(START_US, this::take));
        assertEquals(3, out.size());
        assertEquals(START_US + Playout.SOUND_LEAD_US + 30_000, out.get(2).presentationTimeUs());
    }

    private void addSound(long timeUs) {
        queue.frames.add(new Frame(FakeRendition.AUDIO, timeUs, timeUs, true, Slice.of(new byte[1])));
    }

    @Test
    void whoKeepsSomeInHand_getsItAtOnce_andWhatFollowsSoMuchEarly() {
        long leadUs = 30 * FRAME_US;
        queue.add(100);
        playout.start(START_US, leadUs);

        assertEquals(START_US + FRAME_US, playout.poll(START_US, this::take));
        assertEquals(31, out.size());
        assertEquals(START_US - leadUs, out.get(0).presentationTimeUs());
        playout.poll(START_US + FRAME_US, this::take);
        assertEquals(32, out.size());
    }

    @Test
    void waitThatIsShorterThanWhatIsInHand_movesNothing_aLongerOneByTheRest() {
        long leadUs = 30 * FRAME_US;
        queue.add(32);
        playout.start(START_US, leadUs);
        playout.poll(START_US + FRAME_US, this::take);
        playout.poll(START_US + 2 * FRAME_US, this::take);
        queue.add(8);
        playout.poll(START_US + 20 * FRAME_US, this::take);
        assertEquals(START_US - leadUs + 39 * FRAME_US, out.get(39).presentationTimeUs());
        assertEquals(0, playout.waitedUs());

        queue.add(10);
        playout.poll(START_US + 50 * FRAME_US, this::take);
        long waitedUs = 10 * FRAME_US;
        assertEquals(START_US - leadUs + 40 * FRAME_US + waitedUs, out.get(40).presentationTimeUs(), 1);
        assertEquals(waitedUs, playout.waitedUs(), 1);
        assertEquals(0, playout.waitedUs());
    }

    @Test
    void nothingIsHandedOutBeforeTheStart() {
        queue.add(1);
        assertEquals(Long.MAX_VALUE, playout.poll(START_US, this::take));
        assertTrue(out.isEmpty());
    }

    @Test
    void filmThatWaitsStandsWhereItIs() {
        inHandUs = 0;
        queue.add(3);
        playout.start(START_US, 0);
        playout.poll(START_US, this::take);
        assertEquals(0, playout.filmUs(START_US + 100_000_000));
        inHandUs = Long.MAX_VALUE;
        playout.poll(START_US + 100_000_000, this::take);
        assertEquals(1, out.size());
        assertEquals(0, playout.filmUs(START_US + 100_000_000));
    }

    @Test
    void sixMinutesWithLateTimersEndToTheMicrosecond() {
        int frames = (int) (360_000_000 / FRAME_US);
        queue.add(frames);
        queue.complete = true;
        queue.endUs = frames * FRAME_US;
        playout.start(START_US, 0);
        long nowUs = START_US;
        long latenessUs = 0;
        while (!playout.isEnded()) {
            long nextUs = playout.poll(nowUs, this::take);
            latenessUs = (latenessUs + 777) % 15_000;
            nowUs = nextUs == Long.MAX_VALUE ? nowUs : nextUs + (nextUs == START_US + queue.endUs ? 0 : latenessUs);
        }
        assertEquals(START_US + frames * FRAME_US, nowUs);
        assertEquals(frames, out.size());
        for (int i = 0; i < frames; i++) {
            assertEquals(START_US + i * FRAME_US, out.get(i).presentationTimeUs());
        }
    }

    @Test
    void starvedPlayoutWaitsAndGoesOnWithoutLosingAFrame() {
        queue.add(2);
        playout.start(START_US, 0);
        playout.poll(START_US + FRAME_US, this::take);
        assertEquals(Long.MAX_VALUE, playout.poll(START_US + FRAME_US, this::take));

        long resumeUs = START_US + 10_000_000;
        queue.add(3);
        playout.poll(resumeUs, this::take);

        assertEquals(3, out.size(), "the third frame goes out at once, the fourth in its time");
        assertEquals(resumeUs, out.get(2).presentationTimeUs());
        assertEquals(resumeUs + FRAME_US, playout.poll(resumeUs, this::take));
    }

    @Test
    void filmOfWhichTooLittleIsHereStartsWhenThereIsEnough() {
        queue.add(10);
        inHandUs = 0;
        playout.start(START_US, 0);
        assertEquals(START_US + Playout.RECHECK_US, playout.poll(START_US, this::take));
        assertTrue(out.isEmpty());

        inHandUs = 1;
        long beginUs = START_US + 3_000_000;
        assertEquals(beginUs + FRAME_US, playout.poll(beginUs, this::take));
        assertEquals(beginUs, out.get(0).presentationTimeUs());
    }

    @Test
    void firstFrameThatComesLateMovesTheStartAndNothingIsHurried() {
        playout.start(START_US, 0);
        assertEquals(Long.MAX_VALUE, playout.poll(START_US, this::take));
        long beginUs = START_US + 3_000_000;
        queue.add(10);
        assertEquals(beginUs + FRAME_US, playout.poll(beginUs, this::take));
        assertEquals(beginUs, out.get(0).presentationTimeUs());
    }

    @Test
    void starvedPlayoutGoesOnWhenThereIsEnoughAgainAndNoFrameIsLost() {
        queue.add(2);
        playout.start(START_US, 0);
        playout.poll(START_US, this::take);
        playout.poll(START_US + FRAME_US, this::take);
        queue.add(3);
        inHandUs = FRAME_US;
        long stillUs = START_US + 1_000_000;
        assertEquals(stillUs + Playout.RECHECK_US, playout.poll(stillUs, this::take), "too little is in hand");
        inHandUs = Long.MAX_VALUE;
        refilled = false;
        assertEquals(stillUs + Playout.RECHECK_US, playout.poll(stillUs, this::take), "too little is read");
        refilled = true;
        long resumeUs = START_US + 2_000_000;
        assertEquals(resumeUs + FRAME_US, playout.poll(resumeUs, this::take));
        assertEquals(3, out.size());
        assertEquals(resumeUs, out.get(2).presentationTimeUs());
    }

    @Test
    void queueThatRunsEmptyBeforeItsTimeIsNoWait() {
        queue.add(2);
        playout.start(START_US, 0);
        playout.poll(START_US, this::take);
        playout.poll(START_US + FRAME_US, this::take);
        queue.add(3);
        inHandUs = 0;
        refilled = false;
        playout.poll(START_US + 2 * FRAME_US, this::take);
        assertEquals(3, out.size(), "the third came in time");
    }

    @Test
    void shortDelayOfABusyMachineIsCaughtUpWithAndMovesNothing() {
        queue.add(10);
        playout.start(START_US, 0);
        playout.poll(START_US, this::take);
        playout.poll(START_US + 4 * FRAME_US, this::take);
        assertEquals(5, out.size());
        assertEquals(START_US + 4 * FRAME_US, out.get(4).presentationTimeUs());
    }

    @Test
    void brokenFilmPlaysWhatCameBeforeAndThenEndsWithTheReason() {
        queue.add(2);
        queue.complete = true;
        queue.failure = new IOException("broken");
        queue.endUs = FRAME_US;
        playout.start(START_US, 0);
        playout.poll(START_US, this::take);
        assertFalse(playout.isEnded());
        playout.poll(START_US + FRAME_US, this::take);
        assertTrue(playout.isEnded());
        assertEquals(2, out.size());
        assertEquals("broken", playout.failure().getMessage());
    }

    private static final class FilmQueue extends FakeQueue {
        private long added;

        void add(int count) {
            for (int i = 0; i < count; i++) {
                long timeUs = added++ * FRAME_US;
                frames.add(new Frame(FakeRendition.VIDEO, timeUs, timeUs, true, Slice.of(new byte[1])));
            }
        }
    }
}
