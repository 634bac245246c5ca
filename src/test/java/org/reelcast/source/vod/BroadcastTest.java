package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.TrackChoice;

/** A broadcast shows the picture that its timeline and the time of day say. */
class BroadcastTest extends VodFixture {
    private static final long PICTURE_US = 40_000;
    private static final long FILM_US = 10_000_000;
    private static final long YEAR_US = 365L * 86_400 * 1_000_000;

    private void startup(boolean looped, long positionUs, long inUs) throws Refusal {
        vod.startup(
                VodUri.parse(LIVE),
                "test",
                Optional.of(looped),
                new PlayoutStart(positionUs, OptionalLong.of(wallClock.nowUs() + inUs), 1));
    }

    private VodDescription.Position position() {
        return vod.find(all -> true).get(0).position();
    }

    private long startTimeUs() {
        return position().startTime().orElseThrow() * 1000;
    }

    /** The last picture is the one of that position, and is on time. */
    private void assertShows(Recorder viewer, long positionUs) {
        assertEquals((int) (positionUs % FILM_US / PICTURE_US), viewer.pictures.get(viewer.pictures.size() - 1));
        long lastUs = viewer.videoUs.get(viewer.videoUs.size() - 1);
        assertEquals(positionUs / PICTURE_US * PICTURE_US - positionUs, lastUs - loop.nowUs());
    }

    @Test
    void viewerSeesThePictureOfTheTimeOfDay_alsoAfterAYearOfLoops() throws Refusal {
        startup(true, 1_230_000, -YEAR_US);
        Recorder viewer = play(open("test"));
        loop.run(35_000_000);
        assertShows(viewer, 1_230_000 + YEAR_US + 35_000_000);
        for (int i = 1; i < viewer.videoUs.size(); i++) {
            assertEquals(PICTURE_US, viewer.videoUs.get(i) - viewer.videoUs.get(i - 1));
        }
        assertEquals(
                (1_230_000 + YEAR_US + 35_000_000) % FILM_US / 1e6, position().seconds(), 0.001);
        assertEquals(10, position().length().orElseThrow());
    }

    @Test
    void broadcastThatIsStartedAgainByItsStartTimeGoesOnAsIfItHadNotEnded() throws Refusal {
        startup("test", true);
        play(open("test"));
        loop.run(14_000_000);
        long startUs = startTimeUs();
        vod.end(all -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        loop.run(3_000_000);
        startup(true, 0, startUs - wallClock.nowUs());
        Recorder viewer = play(open("test"));
        loop.run(11_000_000);
        assertShows(viewer, wallClock.nowUs() - startUs);
        assertEquals(startUs, startTimeUs());
    }

    @Test
    void startThatIsToComeIsWaitedFor() throws Refusal {
        startup(false, 2_010_000, 5_000_000);
        Recorder viewer = play(open("test"));
        loop.run(4_999_999);
        assertEquals(2.01, position().seconds());
        assertEquals(2_000_000 - 2_010_000, viewer.videoUs.get(0) - loop.nowUs() - 1, "what stands there is shown");
        assertEquals(1, viewer.videoUs.size());
        loop.run(1_000_001);
        assertShows(viewer, 3_010_000);
        loop.run(7_000_000);
        assertReleased();
    }

    @Test
    void startThatIsToComeIsAtTheTimeOfDay_alsoWhenTheClockIsSet() throws Refusal {
        startup(false, 0, 60_000_000);
        Recorder viewer = play(open("test"));
        loop.run(5_000_000);
        long startUs = startTimeUs();
        wallAtZeroUs += 40_000_000;
        wallClock.sample();
        loop.run(14_000_000);
        assertEquals(0, viewer.videoUs.size());
        loop.run(2_000_000);
        assertShows(viewer, 1_000_000);
        assertEquals(startUs, startTimeUs());
    }

    @Test
    void startThatHasPassedWhenTheClockIsSet_showsWhatIsShownByThen() throws Refusal {
        startup(true, 0, 60_000_000);
        Recorder viewer = play(open("test"));
        loop.run(5_000_000);
        wallAtZeroUs += 66_400_000;
        wallClock.sample();
        loop.run(3_000_000);
        assertShows(viewer, 14_400_000);
        assertTrue(viewer.pictures.get(0) >= 25, "nothing is hurried through: " + viewer.pictures.get(0));
    }

    @Test
    void startInMidFilmShowsThatPictureFirst() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(false), PlayoutStart.at(4_400_000));
        Recorder viewer = play(open("test"));
        long startUs = loop.nowUs();
        loop.run(1_000_000);
        assertShows(viewer, 5_400_000);
        assertEquals(100, viewer.pictures.get(0), "from the key frame before it");
        assertTrue(viewer.audioUs.get(0) >= startUs, "sound of before is not played");
        loop.run(4_600_000);
        assertReleased();
    }

    @Test
    void positionBehindTheEndIsInALaterPass_orRefused() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(true), PlayoutStart.at(34_400_000));
        Recorder viewer = play(open("test"));
        loop.run(1_000_000);
        assertShows(viewer, 5_400_000);
        Refusal refused = assertThrows(
                Refusal.class,
                () -> vod.startup(VodUri.parse(LIVE), "other", Optional.of(false), PlayoutStart.at(FILM_US)));
        assertEquals(StatusText.START_OUTSIDE_FILM, refused.status());
        vod.end(all -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        loop.runTasks();
        assertReleased();
    }

    @Test
    void filmWhoseLengthNobodyKnowsIsReadForItWhenItStartsElsewhere() throws Refusal {
        video = video.inFragments();
        audio = audio.inFragments();
        startup(true, 0, -23_000_000);
        Recorder viewer = play(open("test"));
        loop.run(1_000_000);
        assertShows(viewer, 24_000_000);
    }

    @Test
    void personalFilmStartsWhereItsViewerSays() throws Refusal {
        Holder who = Holder.viewer("test", TrackChoice.REAL_TIME);
        Recorder viewer = play(streams.open("vod://a.mp4", who.from(5_000_000)));
        long startUs = loop.nowUs();
        loop.run(1_000_000);
        assertEquals(125, viewer.pictures.get(0));
        assertEquals(startUs, viewer.videoUs.get(0));
        assertEquals(startUs, viewer.audioUs.get(0));
        assertEquals(6, position().seconds(), 0.001);
        for (long none : new long[] {-1, FILM_US, Long.MAX_VALUE}) {
            Refusal refused = assertThrows(Refusal.class, () -> streams.open("vod://a.mp4", who.from(none)));
            assertEquals(StatusText.START_OUTSIDE_FILM, refused.status());
        }
        assertEquals(1, vod.find(all -> true).size());
    }

    @Test
    void whatComesLateIsSkipped_andTheBroadcastIsWhereItShouldBe() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        readers.hold();
        loop.run(4_410_000);
        assertTrue(viewer.pictures.size() < 150, "it stands");
        readers.release();
        loop.run(3_000_000);
        assertShows(viewer, 10_410_000);
        assertEquals(2, viewer.starts.size());
        long soundUs = viewer.audioUs.get(viewer.audioUs.size() - 1);
        assertTrue(soundUs > loop.nowUs() && soundUs <= loop.nowUs() + 2 * Playout.SOUND_LEAD_US, "sound, too");
        assertEquals(startUs, startTimeUs());
        assertEquals(new ArrayList<>(new TreeSet<>(viewer.audioUs)), viewer.audioUs, "no sound twice");
    }

    @Test
    void whatIsALittleLateIsSkippedWithoutReadingAnew() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        readers.hold();
        while (viewer.videoUs.get(viewer.videoUs.size() - 1) > loop.nowUs() - 500_000) {
            loop.run(10_000);
        }
        readers.release();
        int read = video.framesRead;
        loop.run(100_000);
        assertShows(viewer, loop.nowUs() - 1_000_000);
        assertTrue(video.framesRead - read < 90, "two seconds ahead and no more");
    }

    @Test
    void broadcastThatIsLateForLongGoesOnWhereItWas_once() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        readers.hold();
        loop.run(20_000_000);
        int last = viewer.pictures.get(viewer.pictures.size() - 1);
        int before = viewer.pictures.size();
        readers.release();
        loop.run(3_000_000);
        assertEquals((last + 1) % 250, viewer.pictures.get(before));
        long movedUs = startTimeUs() - startUs;
        assertTrue(movedUs > 16_000_000 && movedUs < 20_000_000, "moved by " + movedUs);
        long again = startTimeUs();
        loop.run(30_000_000);
        assertEquals(again, startTimeUs());
        assertShows(viewer, wallClock.nowUs() - again);
    }

    /** Each wait is short; what was skipped comes again and again. */
    @Test
    void broadcastThatIsLateAgainAndAgainForLong_goesOnWhereItHasComeTo_once() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        int epochs = 0;
        long lastUs = startUs;
        for (int i = 0; i < 10; i++) {
            readers.hold();
            loop.run(2_100_000);
            readers.release();
            loop.run(10_000);
            epochs += startTimeUs() == lastUs ? 0 : 1;
            lastUs = startTimeUs();
            assertEquals(i < 5 ? 0 : 1, epochs, "after ten seconds");
        }
        long movedUs = startTimeUs() - startUs;
        loop.run(30_000_000);
        assertEquals(startUs + movedUs, startTimeUs());
        assertShows(viewer, wallClock.nowUs() - startTimeUs());
    }

    @Test
    void lateNowAndThen_isNotLateForLong() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        for (int i = 0; i < 6; i++) {
            readers.hold();
            loop.run(2_600_000);
            readers.release();
            loop.run(4_000_000);
        }
        assertEquals(startUs, startTimeUs());
        assertShows(viewer, wallClock.nowUs() - startUs);
    }

    /** It is often the first of the two to learn that the clock was set, as its pictures are due first. */
    @Test
    void pictureInAnotherSize_staysInStepWhenTheClockIsSet() throws Refusal {
        startup("test", true);
        Hold hold = open("test");
        play(hold);
        loop.run(3_000_000);
        VodStream made = ((VodStream) hold.stream().source())
                .follower(FakeRendition.quick(1000), new ScaledStreams(new Readers(null, null, null, null)));
        Recorder scaled = play(
                made.stream().hold(Holder.output("scaled", TrackChoice.PICTURE)).orElseThrow());
        loop.run(2_005_000);
        for (long hours : new long[] {1, -2}) {
            wallAtZeroUs += hours * 3_600_000_000L;
            wallClock.sample();
            loop.run(3_000_000);
        }
        assertEquals(1, scaled.starts.size());
        for (int i = 1; i < scaled.videoUs.size(); i++) {
            assertEquals(10_000, scaled.videoUs.get(i) - scaled.videoUs.get(i - 1));
        }
        assertEquals(800, scaled.videoUs.size(), 3);
        made.end(StatusText.STOPPED_BY_PUBLISHER_STOP);
    }

    @Test
    void storeThatNeverComesBackLeavesOthersAlone() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        readers.hold();
        loop.run(600_000_000);
        assertTrue(viewer.ends.isEmpty());
        vod.end(all -> true, StatusText.STOPPED_BY_REST_TERMINATE);
        loop.runTasks();
        assertEquals(1, viewer.ends.size());
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void clockThatIsSetMovesNoPicture() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        for (long hours : new long[] {1, -2}) {
            wallAtZeroUs += hours * 3_600_000_000L;
            wallClock.sample();
            assertEquals((loop.nowUs() - 1_000_000) / 1e6 % 10, position().seconds(), 0.05);
            loop.run(3_000_000);
        }
        assertEquals(startUs - 3_600_000_000L, startTimeUs());
        for (int i = 1; i < viewer.videoUs.size(); i++) {
            assertEquals(PICTURE_US, viewer.videoUs.get(i) - viewer.videoUs.get(i - 1));
        }
        assertEquals(9.0, position().seconds(), 0.05);
    }

    @Test
    void clockThatIsSetWhileNobodyWatches_isKnownAllTheSame() throws Refusal {
        startup("test", true);
        loop.run(3_000_000);
        long startUs = startTimeUs();
        wallAtZeroUs += 3_600_000_000L;
        wallClock.sample();
        loop.run(2_000_000);
        assertEquals(startUs + 3_600_000_000L, startTimeUs());
        assertEquals(0, video.framesRead);
    }

    @Test
    void pictureThatIsReadAgainAfterASkip_saysTheSameTimeAgain() throws Refusal {
        video = FakeRendition.oneGroup(250);
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(2_500_000);
        readers.hold();
        for (int i = 0; i < 6; i++) {
            wallAtZeroUs -= 1_000;
            wallClock.sample();
            loop.run(800_000);
        }
        readers.release();
        loop.run(1_500_000);
        assertEquals(2, viewer.starts.size());
        Map<Integer, Long> times = new HashMap<>();
        for (int i = 0; i < viewer.pictures.size() && i < 220; i++) {
            long timeUs = viewer.videoUs.get(i);
            assertEquals(timeUs, times.merge(viewer.pictures.get(i), timeUs, (first, again) -> first));
        }
        assertTrue(times.size() < viewer.pictures.size(), "some came again");
    }

    @Test
    void trackThatIsTakenBeforeTheStartLeadsToIt() throws Refusal {
        startup(false, 2_510_000, 5_000_000);
        Recorder first = play(open("test"));
        loop.run(1_000_000);
        Hold second = open("test");
        second.close();
        Recorder late = play(open("test"));
        loop.run(5_000_000);
        assertShows(first, 3_510_000);
        assertShows(late, 3_510_000);
        long startsUs = first.audioUs.get(0);
        assertTrue(startsUs >= first.videoUs.get(0), "no sound of before the start");
    }

    @Test
    void clockThatDriftsIsFollowedSlowly_andSoundStaysInOnePieceBetweenSteps() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(3_000_000);
        long startUs = startTimeUs();
        wallAtZeroUs += 100_000;
        for (int i = 0; i < 120; i++) {
            wallClock.sample();
            loop.run(1_000_000);
        }
        assertEquals(startUs, startTimeUs());
        long shownUs = viewer.videoUs.get(viewer.videoUs.size() - 1);
        assertEquals(wallClock.nowUs() - startUs, loop.nowUs() - viewer.videoUs.get(0) + 100_000);
        assertTrue(shownUs <= loop.nowUs() + Playout.MAX_SLEW_US, "it hurried by " + (shownUs - loop.nowUs()));
        long steps = 0;
        for (int i = 1; i < viewer.audioUs.size(); i++) {
            steps += viewer.audioUs.get(i) - viewer.audioUs.get(i - 1) == 20_000 ? 0 : 1;
        }
        assertTrue(steps > 15 && steps < 25, steps + " steps");
    }

    @Test
    void passesAreAsLongAsTheFilm_soundThatIsLongerIsCut() throws Refusal {
        video = FakeRendition.video(249);
        audio = FakeRendition.audio(500).ofLength(9_990_000);
        startup("test", true);
        Recorder viewer = play(open("test"));
        long startUs = loop.nowUs();
        loop.run(45_000_000);
        List<Long> firsts = new ArrayList<>();
        for (int i = 0; i < viewer.pictures.size(); i++) {
            if (viewer.pictures.get(i) == 0) {
                firsts.add(viewer.videoUs.get(i) - startUs);
            }
        }
        assertEquals(List.of(0L, 9_990_000L, 19_980_000L, 29_970_000L, 39_960_000L), firsts);
        long passUs = startUs + 29_970_000L;
        assertTrue(viewer.audioUs.stream().anyMatch(us -> Math.abs(us - passUs) <= 10_000));
        for (int i = 1; i < viewer.audioUs.size(); i++) {
            long apartUs = viewer.audioUs.get(i) - viewer.audioUs.get(i - 1);
            assertEquals(20_000, apartUs, "each packet begins where the one before ends");
        }
    }

    @Test
    void slowStoreMakesABroadcastWaitWhereThatIsWanted() throws Refusal {
        VodFixture waiting = new VodFixture(Playout.WhenLate.WAIT, BroadcastFiles.none());
        waiting.register();
        waiting.startup("test", true);
        Recorder viewer = waiting.play(waiting.open("test"));
        waiting.loop.run(3_000_000);
        waiting.readers.hold();
        waiting.loop.run(4_000_000);
        waiting.readers.release();
        waiting.loop.run(3_000_000);
        for (int i = 1; i < viewer.pictures.size(); i++) {
            assertEquals((viewer.pictures.get(i - 1) + 1) % 250, viewer.pictures.get(i));
        }
    }

    @Test
    void holdThatComesWhileTheFilmIsLateIsServedToo() throws Refusal {
        startup("test", true);
        play(open("test"));
        loop.run(3_000_000);
        readers.hold();
        loop.run(3_000_000);
        Hold second = open("test");
        Recorder viewer = play(second);
        loop.run(500_000);
        readers.release();
        loop.run(1_500_000);
        assertShows(viewer, 8_000_000);
    }
}
