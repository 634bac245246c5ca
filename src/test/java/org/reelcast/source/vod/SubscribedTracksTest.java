package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.output.recording.Recorder;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.TrackChoice;

/** What of a film is read and played, by what is taken of it. */
class SubscribedTracksTest extends VodFixture {

    SubscribedTracksTest() {
        super(Playout.WhenLate.WAIT, BroadcastFiles.none());
    }

    @Test
    void broadcastThatNobodyTakesIsNotRead() throws Refusal {
        startup("test", true);
        loop.run(25_000_000);
        assertEquals(0, video.framesRead + audio.framesRead);
        assertEquals(0, video.openReaders + audio.openReaders);
        assertEquals(1, vod.find(all -> true).size());
    }

    @Test
    void broadcastThatNobodyTakesEndsWithTheFilm() throws Refusal {
        startup("test", false);
        loop.run(9_999_999);
        assertEquals(1, vod.find(all -> true).size());
        loop.run(1);
        assertReleased();
    }

    @Test
    void viewerOfABroadcastThatNobodyTookStartsAtThePresentPicture() throws Refusal {
        long startUs = loop.nowUs();
        startup("test", true);
        loop.run(14_410_000);
        Recorder viewer = play(open("test"));
        loop.run(1_000_000);
        // picture 360 of the second pass's 4.4 s, from the key frame at 4 s on
        assertEquals(startUs + 14_000_000, viewer.videoUs.get(0));
        assertEquals(List.of(0, 11), viewer.starts);
        for (int i = 1; i < viewer.videoUs.size(); i++) {
            assertEquals(40_000, viewer.videoUs.get(i) - viewer.videoUs.get(i - 1));
        }
        long latestUs = viewer.videoUs.get(viewer.videoUs.size() - 1);
        assertTrue(latestUs <= loop.nowUs() && latestUs > loop.nowUs() - 40_000, "it is on time");
        assertTrue(viewer.audioUs.get(0) > startUs + 14_380_000, "sound of the past is not played");
    }

    @Test
    void viewerOfPicturesThatStandForLongSeesThePresentOneAtOnce() throws Refusal {
        video = FakeRendition.slides(3);
        audio = FakeRendition.audio(1500);
        long startUs = loop.nowUs();
        startup("test", false);
        Hold sound = streams.open(
                "test",
                Holder.viewer(
                        "sound",
                        offered -> offered.stream()
                                .filter(track -> !track.isVideo())
                                .toList()));
        loop.run(14_410_000);
        Recorder viewer = play(open("test"));
        loop.run(10_000);
        assertEquals(List.of(0, 1), viewer.starts);
        assertEquals(List.of(startUs + 10_000_000), viewer.videoUs);
        loop.run(5_590_000);
        assertEquals(List.of(startUs + 10_000_000, startUs + 20_000_000), viewer.videoUs);
        // the last picture, when nothing is left to be read
        loop.run(9_000_000);
        Recorder last = play(streams.open("test", Holder.viewer("test", TrackChoice.PICTURE)));
        loop.run(10_000);
        assertEquals(List.of(startUs + 20_000_000), last.videoUs);
        sound.close();
    }

    @Test
    void viewerWhoIsThereBeforeThePictureStartsWithItWhenItComes() throws Refusal {
        startup("test", true);
        loop.run(4_500_000);
        readers.hold();
        Recorder viewer = play(open("test"));
        loop.run(300_000);
        assertEquals(List.of(0), viewer.starts);
        readers.release();
        loop.run(100_000);
        assertEquals(2, viewer.starts.size());
        assertTrue(viewer.starts.get(1) >= 20, "all since the key frame at 4 s: " + viewer.starts);
        long latestUs = viewer.videoUs.get(viewer.videoUs.size() - 1);
        assertTrue(latestUs > loop.nowUs() - 40_000, "it is on time");
    }

    @Test
    void trackThatNobodyTakesIsNotRead() throws Refusal {
        Hold hold = streams.open(
                "vod://a.mp4",
                Holder.viewer(
                        "test",
                        offered -> offered.stream()
                                .filter(track -> !track.isVideo())
                                .toList()));
        Recorder viewer = new Recorder();
        hold.stream().subscribe(viewer, hold.tracks());
        hold.start();
        loop.run(1_000_000);
        assertEquals(0, video.framesRead);
        assertEquals(0, viewer.videoUs.size());
        assertTrue(viewer.audioUs.size() > 49);
    }

    @Test
    void trackThatIsTakenLaterDisturbsNoOther() throws Refusal {
        Hold sound = streams.open(
                LIVE,
                Holder.viewer(
                        "sound",
                        offered -> offered.stream()
                                .filter(track -> !track.isVideo())
                                .toList()));
        Recorder listener = new Recorder();
        sound.stream().subscribe(listener, sound.tracks());
        sound.start();
        loop.run(3_500_000);
        Recorder viewer = play(open(LIVE));
        loop.run(3_000_000);
        assertEquals(List.of(0, 13), viewer.starts);
        for (int i = 1; i < listener.audioUs.size(); i++) {
            assertEquals(20_000, listener.audioUs.get(i) - listener.audioUs.get(i - 1));
        }
        assertTrue(listener.audioUs.size() >= 325, "sound " + listener.audioUs.size());
    }

    @Test
    void trackThatIsLeftIsReadNoLonger() throws Refusal {
        Hold sound = streams.open(
                LIVE,
                Holder.viewer(
                        "sound",
                        offered -> offered.stream()
                                .filter(track -> !track.isVideo())
                                .toList()));
        Hold all = open(LIVE);
        sound.start();
        loop.run(1_000_000);
        assertEquals(1, video.openReaders);
        all.close();
        loop.run(100_000);
        int read = video.framesRead;
        assertEquals(0, video.openReaders);
        loop.run(5_000_000);
        assertEquals(read, video.framesRead);
        assertEquals(1, audio.openReaders);
    }

    @Test
    void filmThatTellsItsLengthAtItsEndIsReadByNobodyToo() throws Refusal {
        video = video.inFragments();
        audio = audio.inFragments();
        startup("test", false);
        loop.run(9_900_000);
        assertEquals(1, vod.find(all -> true).size());
        loop.run(200_000);
        assertReleased();
    }

    @Test
    void trackThatComesSlowlyHoldsTheFilmNoLongerThanItsDataAndRewindsNobody() throws Refusal {
        Hold sound = streams.open(
                LIVE,
                Holder.viewer(
                        "sound",
                        offered -> offered.stream()
                                .filter(track -> !track.isVideo())
                                .toList()));
        Recorder listener = new Recorder();
        sound.stream().subscribe(listener, sound.tracks());
        sound.start();
        loop.run(3_900_000);
        readers.hold();
        play(open(LIVE));
        loop.run(4_000_000);
        readers.release();
        loop.run(2_000_000);
        long shiftUs = listener.audioUs.get(listener.audioUs.size() - 1)
                - listener.audioUs.get(0)
                - (listener.audioUs.size() - 1) * 20_000L;
        assertTrue(shiftUs > 1_500_000 && shiftUs <= 3_100_000, "the film waited for " + shiftUs + " us");
    }
}
