package org.reelcast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class StreamsTest {
    private static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    private static final Format AUDIO = Format.audio(Codec.OPUS, 2);
    private static final Holder VIEWER = Holder.viewer("WebRTC", TrackChoice.REAL_TIME);
    private static final Holder OUTPUT = Holder.output("recording", TrackChoice.ORIGINAL);
    private static final Holder MOMENTARY = Holder.momentary("snapshot", TrackChoice.PICTURE);

    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    private final Source source = new Source();

    /** A source with a personal scheme and one for all; remembers what it is asked. */
    private final class Source implements SourceProvider, StreamSource {
        final List<String> calls = new ArrayList<>();

        @Override
        public Set<String> schemes() {
            return Set.of("own", "all");
        }

        @Override
        public boolean isPersonal(String scheme) {
            return scheme.equals("own");
        }

        @Override
        public Hold open(String uri, Holder who) throws Refusal {
            Stream stream = stream(uri, isPersonal(uri.substring(0, 3)));
            streams.add(stream);
            return stream.hold(who).orElseThrow();
        }

        @Override
        public Executor opener(String uri) {
            return Runnable::run;
        }

        @Override
        public Optional<Refusal> whyUnavailable(String uri, String client) {
            return Optional.empty();
        }

        @Override
        public void end(StatusText why) {
            calls.add(why.text());
        }

        @Override
        public void onUnheld() {
            calls.add("unheld");
        }

        @Override
        public void onTaken(StreamTrack track, boolean taken) {
            calls.add((track.isVideo() ? "video " : "audio ") + track.form() + (taken ? " taken" : " left"));
        }
    }

    private Stream stream(String name, boolean personal) {
        return new Stream(
                name,
                loop,
                personal ? SourceTraits.PERSONAL_FILM : SourceTraits.BROADCAST_FILM,
                List.of(
                        new Stream.Offer(StreamTrack.Form.REAL_TIME, VIDEO),
                        new Stream.Offer(StreamTrack.Form.ORIGINAL, VIDEO),
                        new Stream.Offer(StreamTrack.Form.REAL_TIME, AUDIO)),
                source);
    }

    private StatusText refusal(String name, Holder who) {
        return assertThrows(Refusal.class, () -> streams.open(name, who)).status();
    }

    @Test
    void streamIsOpenedByNameOnceItIsThereAndNotLonger() throws Refusal {
        assertEquals(StatusText.STREAM_NOT_FOUND, refusal("a", VIEWER));
        Stream stream = stream("a", false);
        streams.add(stream);
        assertSame(stream, streams.open("a", VIEWER).stream());
        assertSame(stream, streams.openByMediaSession(stream.mediaSessionId(), OUTPUT).stream());
        streams.remove(stream);
        assertEquals(StatusText.STREAM_NOT_FOUND, refusal("a", VIEWER));
        assertEquals(
                Optional.of(StatusText.STREAM_NOT_FOUND),
                streams.whyUnavailable("a", "").map(Refusal::status));
    }

    @Test
    void uriIsOpenedByTheSourceOfItsSchemeUntilAStreamOfThatNameRuns() throws Refusal {
        streams.register(source);
        Hold first = streams.open("all://film", VIEWER);
        assertSame(first.stream(), streams.open("all://film", OUTPUT).stream());
        assertEquals(StatusText.FAILED_TO_GET_AGENT_STORAGE, refusal("none://film", VIEWER));
        assertTrue(assertThrows(Refusal.class, () -> streams.open("none://film", VIEWER))
                .getMessage()
                .contains("all://, own://"));
    }

    @Test
    void joinableStreamIsFoundAndNoneIsMade() throws Refusal {
        streams.register(source);
        for (String name : List.of("all://film", "a", "none://film")) {
            assertEquals(
                    StatusText.STREAM_NOT_FOUND,
                    assertThrows(Refusal.class, () -> streams.joinable(name)).status());
        }
        streams.open("own://film", VIEWER);
        assertEquals(
                StatusText.STREAM_IS_PERSONAL,
                assertThrows(Refusal.class, () -> streams.joinable("own://film"))
                        .status());
        Stream film = streams.open("all://film", VIEWER).stream();
        assertSame(film, streams.joinable("all://film"));
        assertEquals(1, film.holds().size());
    }

    @Test
    void personalStreamIsItsViewersAlone() throws Refusal {
        streams.register(source);
        assertEquals(StatusText.STREAM_IS_PERSONAL, refusal("own://film", OUTPUT));
        Stream own = streams.open("own://film", VIEWER).stream();
        assertEquals(List.of(own), streams.find(all -> true));
        Refusal byId = assertThrows(Refusal.class, () -> streams.openByMediaSession(own.mediaSessionId(), OUTPUT));
        assertEquals(StatusText.STREAM_NOT_FOUND, byId.status());
        streams.open("own://film", VIEWER);
        assertEquals(2, streams.find(all -> true).size());
    }

    @Test
    void nameAndMediaSessionBelongToOneStream() throws Refusal {
        streams.add(stream("a", false));
        Refusal second = assertThrows(Refusal.class, () -> streams.add(stream("a", false)));
        assertEquals(StatusText.STREAM_NAME_ALREADY_IN_USE, second.status());
        assertEquals(1, streams.find(all -> true).size());
        Stream other = new Stream(
                streams.find(all -> true).get(0).mediaSessionId(),
                "b",
                loop,
                SourceTraits.BROADCAST_FILM,
                List.of(),
                source);
        assertEquals(
                StatusText.MEDIA_SESSION_ID_ALREADY_IN_USE,
                assertThrows(Refusal.class, () -> streams.add(other)).status());
        assertFalse(streams.isTaken("b"));
    }

    @Test
    void trackIsTakenWithItsFirstHoldAndLeftWithItsLast() throws Refusal {
        streams.add(stream("a", false));
        Hold viewer = streams.open("a", VIEWER);
        Hold second = streams.open("a", VIEWER);
        Hold recording = streams.open("a", OUTPUT);
        assertTrue(viewer.stream().isHeldFor("recording"));
        loop.runTasks();
        assertEquals(List.of("video REAL_TIME taken", "audio REAL_TIME taken", "video ORIGINAL taken"), source.calls);
        source.calls.clear();
        viewer.close();
        viewer.close();
        recording.close();
        loop.runTasks();
        assertEquals(List.of("video ORIGINAL left"), source.calls);
        assertEquals(List.of(second), second.stream().holds());
        second.close();
        loop.runTasks();
        assertEquals(
                List.of("video ORIGINAL left", "unheld", "video REAL_TIME left", "audio REAL_TIME left"), source.calls);
    }

    @Test
    void streamDoesNotGoOnForWhoTakesItForAMoment() throws Refusal {
        streams.add(stream("a", false));
        Hold first = streams.open("a", MOMENTARY);
        assertFalse(first.stream().isHeld());
        loop.runTasks();
        first.close();
        loop.runTasks();
        assertEquals(List.of("video ORIGINAL taken", "video ORIGINAL left"), source.calls);
        source.calls.clear();
        Hold viewer = streams.open("a", VIEWER);
        Hold second = streams.open("a", MOMENTARY);
        viewer.close();
        assertEquals(List.of("unheld"), source.calls);
        second.close();
        assertEquals(List.of("unheld"), source.calls);
        streams.open("a", MOMENTARY);
        assertTrue(viewer.stream().retireUnheld());
    }

    @Test
    void retiredStreamIsHeldByNobodyNew() throws Refusal {
        Stream stream = stream("a", false);
        streams.add(stream);
        Hold hold = streams.open("a", VIEWER);
        assertFalse(stream.retireUnheld());
        hold.close();
        assertTrue(stream.retireUnheld());
        assertEquals(StatusText.STREAM_NOT_FOUND, refusal("a", VIEWER));
        assertFalse(stream.retire());
    }

    @Test
    void endReachesTheSourcesOfThoseThatMatch() throws Refusal {
        streams.add(stream("a", false));
        streams.add(stream("b", false));
        assertEquals(1, streams.end(stream -> stream.name().equals("b"), StatusText.STOPPED_BY_REST_TERMINATE));
        assertEquals(List.of("Stopped by rest /terminate"), source.calls);
    }

    /** A stream made of others. */
    private Stream made(String name, List<StreamSource> of) {
        return new Stream(name, loop, SourceTraits.CAMERA, List.of(), new StreamSource() {
            @Override
            public void end(StatusText why) {
                // as the test says
            }

            @Override
            public List<StreamSource> inputs() {
                return of;
            }
        });
    }

    @Test
    void noStreamIsFedWithItself() throws Refusal {
        List<StreamSource> ofMix = new ArrayList<>();
        Stream mix = made("mix", ofMix);
        Stream camera = stream("camera", false);
        Stream smaller = made("smaller", List.of(mix.source()));
        Stream smallest = made("smallest", List.of(camera.source(), smaller.source()));
        streams.addInput(mix, camera, () -> ofMix.add(camera.source()));
        assertEquals(List.of(camera.source()), ofMix);
        for (Stream input : List.of(mix, smaller, smallest)) {
            Refusal refusal =
                    assertThrows(Refusal.class, () -> streams.addInput(mix, input, () -> ofMix.add(input.source())));
            assertEquals(StatusText.STREAM_WOULD_FEED_ITSELF, refusal.status());
        }
        assertEquals(1, ofMix.size());
        streams.addInput(smallest, mix, () -> {});
    }

    @Test
    void anotherSizeIsAskedForByUri_andIgnoredForPersonalStreams() {
        streams.register(source);
        assertEquals("name", streams.nameOf(new Variant("name", 0, 0, 0)));
        assertEquals("own://x", streams.nameOf(new Variant("own://x", 640, 360, 500)));
        String uri = streams.nameOf(new Variant("all://x", 640, 0, 500));
        assertEquals("transcode://640x0@500/all://x", uri);
        assertEquals(Optional.of(new Variant("all://x", 640, 0, 500)), Variant.parse(uri));
        assertEquals(Optional.empty(), Variant.parse("transcode://640x/x"));
    }

    @Test
    void plainNameIsNoUri() {
        assertFalse(Streams.isUri("stream1"));
        assertTrue(Streams.isUri("rtsp://x"));
    }
}
