package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.TrackChoice;

class VodStreamsTest extends VodFixture {

    @Test
    void personalStreamIsEveryViewersOwnAndStartsAtTheBeginning() throws Refusal {
        Hold first = open("vod://a.mp4");
        Hold second = open("vod://a.mp4");
        assertNotSame(first.stream(), second.stream());
        assertEquals(2, vod.find(all -> true).size());
        assertEquals(1, films.size(), "the film is open once");
        Refusal refused = assertThrows(Refusal.class, () -> open("a.mp4"));
        assertEquals(StatusText.STREAM_NOT_FOUND, refused.status());

        Recorder viewer = play(first);
        loop.run(0);
        assertEquals(loop.nowUs(), viewer.videoUs.get(0));
    }

    @Test
    void personalStreamEndsWithItsViewerAndAtTheEndOfTheFile() throws Refusal {
        Hold left = open("vod://a.mp4");
        left.close();
        loop.runTasks();
        assertTrue(vod.find(all -> true).isEmpty());

        Recorder viewer = play(open("vod://a.mp4"));
        long startUs = loop.nowUs();
        loop.run(9_999_999);
        assertTrue(viewer.ends.isEmpty());
        loop.run(1);
        assertEquals(List.of(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)), viewer.ends);
        assertEquals(250, viewer.videoUs.size());
        assertEquals(500, viewer.audioUs.size());
        assertEquals(startUs + 249 * 40_000, viewer.videoUs.get(249));
        assertReleased();
    }

    @Test
    void filmThatNobodyCanEncodeIsRefusedToNewViewersUnlessItPlaysAlready() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "running", Optional.empty(), PlayoutStart.NOW);
        video.starved = true;
        Refusal refused = assertThrows(Refusal.class, () -> open("vod://a.mp4"));
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused.status());
        open("running");
        open(LIVE);
        assertEquals(1, vod.find(all -> true).size());
        video.starved = false;
        open("vod://a.mp4");
        assertEquals(2, vod.find(all -> true).size());
    }

    @Test
    void liveStreamIsSharedByUriAndByNameAndTimesOutAfterTheLastViewer() throws Refusal {
        Hold first = open(LIVE);
        Hold second = open(LIVE);
        assertSame(first.stream(), second.stream());
        assertEquals(1, vod.find(all -> true).size());
        startup("test", true);
        assertSame(open("test").stream(), open("test").stream());

        first.close();
        second.close();
        loop.run(TIMEOUT_MS * 1000 - 1);
        assertEquals(2, vod.find(all -> true).size());
        loop.run(1);
        assertEquals(
                List.of("test"),
                vod.find(all -> true).stream()
                        .map(VodDescription::localStreamName)
                        .toList());
    }

    @Test
    void viewerWhoComesBackStopsTheTimeout() throws Refusal {
        startup("test", true);
        open("test").close();
        loop.run(TIMEOUT_MS * 500);
        Hold back = open("test");
        loop.run(TIMEOUT_MS * 2000);
        assertEquals(1, vod.find(all -> true).size());
        back.close();
        loop.run(TIMEOUT_MS * 1000);
        assertReleased();
    }

    @Test
    void streamStartedByRestIsNotTimedOutBeforeAnybodyWatched() throws Refusal {
        startup("test", true);
        loop.run(TIMEOUT_MS * 10_000);
        assertEquals(1, vod.find(all -> true).size());
    }

    @Test
    void momentaryHoldNeitherStartsTheTimeoutNorPutsItOff() throws Refusal {
        Holder momentary = Holder.momentary("test", TrackChoice.PICTURE);
        startup("test", true);
        streams.open("test", momentary).close();
        loop.run(TIMEOUT_MS * 2000);
        assertEquals(1, vod.find(all -> true).size());
        Hold viewer = open("test");
        Hold held = streams.open("test", momentary);
        viewer.close();
        loop.run(TIMEOUT_MS * 999);
        streams.open("test", momentary).close();
        loop.run(TIMEOUT_MS);
        held.close();
        loop.runTasks();
        assertReleased();
    }

    @Test
    void streamStartedByRestIsJoinedByItsUriToo() throws Refusal {
        assertThrows(Refusal.class, () -> streams.joinable(LIVE));
        vod.startup(VodUri.parse(LIVE), "test", Optional.empty(), PlayoutStart.NOW);
        assertEquals("test", open(LIVE).stream().name());
        assertEquals("test", streams.joinable(LIVE).name());
    }

    @Test
    void nameThatPlaysAlreadyIsRefusedAndTheFilmNotHeld() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.empty(), PlayoutStart.NOW);
        Refusal refused = assertThrows(
                Refusal.class,
                () -> vod.startup(VodUri.parse("vod-live://b.mp4"), "test", Optional.empty(), PlayoutStart.NOW));
        assertEquals(StatusText.STREAM_NAME_ALREADY_IN_USE, refused.status());
        loop.run(10_000_000);
        assertReleased();
    }

    @Test
    void loopedStreamGoesOnAcrossTheSeamWithoutAGap() throws Refusal {
        assertGoesOnAcrossTheSeam();
    }

    @Test
    void filmWhoseEndIsKnownOnlyThereIsLoopedByItsWholeLength() throws Refusal {
        video = video.inFragments();
        audio = audio.inFragments();
        assertGoesOnAcrossTheSeam();
    }

    private void assertGoesOnAcrossTheSeam() throws Refusal {
        startup("test", true);
        Recorder viewer = play(open("test"));
        loop.run(35_000_000);
        for (int i = 1; i < viewer.videoUs.size(); i++) {
            assertEquals(40_000, viewer.videoUs.get(i) - viewer.videoUs.get(i - 1));
        }
        for (int i = 1; i < viewer.audioUs.size(); i++) {
            assertEquals(20_000, viewer.audioUs.get(i) - viewer.audioUs.get(i - 1));
        }
        assertEquals(876, viewer.videoUs.size());
    }

    @Test
    void terminatedStreamTellsItsViewersWhy() throws Refusal {
        Recorder viewer = play(open(LIVE));
        int ended = vod.end(film -> film.uri().equals(LIVE), StatusText.STOPPED_BY_REST_TERMINATE);
        loop.run(0);
        assertEquals(1, ended);
        assertEquals(List.of(StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE)), viewer.ends);
        assertReleased();
    }

    @Test
    void filmThatBreaksMidwayPlaysToTheBreakAndFails() throws Refusal {
        video = FakeRendition.video(250).breakingAt(100);
        Recorder viewer = play(open("vod://a.mp4"));
        loop.run(10_000_000);
        assertEquals(100, viewer.videoUs.size());
        assertEquals(List.of(StreamEnd.failed(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE)), viewer.ends);
        assertReleased();
    }

    @Test
    void missingFileIsNamed() {
        assertEquals(
                "File not found",
                assertThrows(Refusal.class, () -> open("vod://missing.mp4")).info());
        assertEquals(
                Optional.of(StatusText.FILE_NOT_FOUND),
                streams.whyUnavailable("vod://missing.mp4", "").map(Refusal::status));
        assertEquals(Optional.empty(), streams.whyUnavailable("vod://a.mp4", ""));
        assertEquals(
                Optional.of(StatusText.STREAM_NOT_FOUND),
                streams.whyUnavailable("nobody", "").map(Refusal::status));
        films.closeIdle(Long.MAX_VALUE);
        assertEquals(0, films.size());
    }
}
