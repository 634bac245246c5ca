package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Frame;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.storage.ByteSource;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Holder;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.Subscriber;
import org.reelcast.stream.TestStreams;
import org.reelcast.stream.TrackChoice;

class VodStreamsTest {
    private static final long TIMEOUT_MS = 30_000;
    private static final String LIVE = "vod-live://a.mp4";

    private final FakeLoop loop = new FakeLoop();
    private FakeRendition video = FakeRendition.video(250);
    private FakeRendition audio = FakeRendition.audio(500);
    private final FilmStore films = new FilmStore(VodStreamsTest::find, this::open);
    private final Streams streams = new Streams(Runnable::run);
    private final VodStreams vod = new VodStreams(films, streams, () -> loop,
            new Readers(Runnable::run, Runnable::run, Runnable::run), false, TIMEOUT_MS, true);

    @BeforeEach
    void register() {
        streams.register(vod);
    }

    private Hold open(String name) throws Refusal {
        return streams.open(name, Holder.viewer("test", TrackChoice.REAL_TIME));
    }

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
        vod.startup(VodUri.parse(LIVE), "running", Optional.empty());
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
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(true));
        assertSame(open("test").stream(), open("test").stream());

        first.close();
        second.close();
        loop.run(TIMEOUT_MS * 1000 - 1);
        assertEquals(2, vod.find(all -> true).size());
        loop.run(1);
        assertEquals(List.of("test"), vod.find(all -> true).stream().map(VodDescription::localStreamName).toList());
    }

    @Test
    void viewerWhoComesBackStopsTheTimeout() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(true));
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
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(true));
        loop.run(TIMEOUT_MS * 10_000);
        assertEquals(1, vod.find(all -> true).size());
    }

    @Test
    void streamStartedByRestIsJoinedByItsUriToo() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.empty());
        assertEquals("test", open(LIVE).stream().name());
    }

    @Test
    void nameThatPlaysAlreadyIsRefusedAndTheFilmNotHeld() throws Refusal {
        vod.startup(VodUri.parse(LIVE), "test", Optional.empty());
        Refusal refused = assertThrows(Refusal.class,
                () -> vod.startup(VodUri.parse("vod-live://b.mp4"), "test", Optional.empty()));
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
        vod.startup(VodUri.parse(LIVE), "test", Optional.of(true));
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
        assertEquals("File not found",
                assertThrows(Refusal.class, () -> open("vod://missing.mp4")).info());
        assertEquals(Optional.of(StatusText.FILE_NOT_FOUND),
                streams.whyUnavailable("vod://missing.mp4").map(Refusal::status));
        assertEquals(Optional.empty(), streams.whyUnavailable("vod://a.mp4"));
        assertEquals(Optional.of(StatusText.STREAM_NOT_FOUND), streams.whyUnavailable("nobody").map(Refusal::status));
        films.closeIdle(Long.MAX_VALUE);
        assertEquals(0, films.size());
    }

    private void assertReleased() {
        assertTrue(vod.find(all -> true).isEmpty());
        films.closeIdle(Long.MAX_VALUE);
        assertEquals(0, films.size());
        assertEquals(0, loop.pendingTimers());
        assertEquals(0, video.openReaders);
        assertEquals(0, audio.openReaders);
    }

    private Recorder play(Hold hold) {
        Recorder viewer = new Recorder();
        TestStreams.subscribe(hold.stream(), viewer);
        hold.start();
        return viewer;
    }

    private static ByteSource find(String location) throws Refusal {
        if (location.startsWith("missing")) {
            throw new Refusal(StatusText.FILE_NOT_FOUND, "no " + location);
        }
        return new NamedSource(location);
    }

    private Film open(ByteSource source) {
        return new Film(source, List.of(FilmTrack.realTime(video), FilmTrack.realTime(audio)), Reserve.NONE);
    }

    private static final class Recorder implements Subscriber {
        final List<Long> videoUs = new ArrayList<>();
        final List<Long> audioUs = new ArrayList<>();
        final List<StreamEnd> ends = new ArrayList<>();

        @Override
        public void onStart(List<Frame> groupOfPictures) {
            groupOfPictures.forEach(this::onFrame);
        }

        @Override
        public void onFrame(Frame frame) {
            (frame.isVideo() ? videoUs : audioUs).add(frame.presentationTimeUs());
        }

        @Override
        public void onEnd(StreamEnd end) {
            ends.add(end);
        }
    }
}
