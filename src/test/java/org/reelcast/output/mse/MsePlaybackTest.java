package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.Admission;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.signalling.Client;
import org.reelcast.signalling.MediaSocket;
import org.reelcast.signalling.Message;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.signalling.TestClient;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Streams;
import org.reelcast.stream.TestStreams;

/** The conversation, from the request to the end. */
class MsePlaybackTest {
    private final FakeLoop loop = new FakeLoop();
    private final Streams streams = new Streams(Runnable::run);
    private final List<String> told = new ArrayList<>();
    private final List<ByteBuffer> media = new ArrayList<>();
    private boolean socketClosed;
    private boolean breaks;
    private Runnable onTold = () -> {};
    private MsePlayback underWay;
    private final List<Runnable> tasks = new ArrayList<>();
    private Optional<String> saturated = Optional.empty();
    private final MsePlaybacks playbacks =
            new MsePlaybacks(streams, new MseFeeds(Runnable::run), new Admission(() -> saturated), tasks::add);
    private final Client client = new TestClient(
            text -> {
                told.add(text);
                Runnable then = onTold;
                onTold = () -> {};
                then.run();
            },
            line -> {});
    private final MediaSocket socket = new MediaSocket() {
        @Override
        public void send(ByteBuffer message) {
            media.add(message);
            if (breaks) {
                breaks = false;
                underWay.onLost();
                assertFalse(socketClosed, "who sends is not kept up by what follows from a broken socket");
            }
        }

        @Override
        public void close(String reason) {
            socketClosed = true;
        }
    };

    private Stream stream(Optional<Format> video, Optional<Format> audio) throws Refusal {
        Stream stream = TestStreams.film("film", loop, video, audio);
        streams.add(stream);
        return stream;
    }

    private MsePlayback play() {
        Message message = new Message(
                "playStream",
                Message.JSON
                        .createObjectBuilder()
                        .add("mediaSessionId", "id")
                        .add("name", "film")
                        .build());
        MsePlayback playback = new MsePlayback(StreamRequest.of(message, client), playbacks);
        playback.start("");
        loop.runTasks();
        return playback;
    }

    /** Lets time pass, and tasks run. */
    private void run(long us) {
        loop.run(us);
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
            loop.runTasks();
        }
    }

    private String last() {
        return told.get(told.size() - 1);
    }

    private void assertFailed(StatusText why) {
        assertTrue(last().contains("FAILED") && last().contains(why.text()), last());
    }

    @Test
    void answerThenPlayingThenMedia_andAtTheEndTheSocketIsClosed() throws Refusal {
        Stream stream = stream(Optional.of(Film.VIDEO), Optional.empty());
        MsePlayback playback = play();
        assertEquals(1, told.size());
        assertTrue(last().contains("setRemoteSDP") && last().contains("m=video 9 ") && last().contains("m=audio 0 "));
        playback.onSocket(socket);
        run(0);
        assertTrue(last().contains("PLAYING") && last().contains("\"mediaProvider\":\"MSE\""), last());
        assertTrue(stream.isHeld());
        Film.frames(0, 1_000_000, 0).forEach(frame -> TestStreams.publish(stream, frame.shifted(loop.nowUs())));
        run(100_000);
        assertEquals(1, media.size());
        assertTrue(told.stream().anyMatch(text -> text.contains("resize") && text.contains("1280")));
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_REST_TERMINATE));
        run(0);
        assertTrue(last().contains("STOPPED") && last().contains(StatusText.STOPPED_BY_REST_TERMINATE.text()));
        assertTrue(socketClosed);
        assertFalse(stream.isHeld());
    }

    @Test
    void socketThatDoesNotCome_isAFailure_andWhenItComesAfterwardsItIsClosed() throws Refusal {
        Stream stream = stream(Optional.of(Film.VIDEO), Optional.empty());
        MsePlayback playback = play();
        run(MsePlayback.SOCKET_US - 1);
        assertEquals(1, told.size());
        run(10_000);
        assertFailed(StatusText.MEDIA_SOCKET_MISSING);
        assertFalse(stream.isHeld());
        playback.onSocket(socket);
        assertTrue(socketClosed);
        assertEquals(2, told.size());
    }

    @Test
    void socketThatIsLost_isAFailureAtOnce() throws Refusal {
        Stream stream = stream(Optional.of(Film.VIDEO), Optional.empty());
        MsePlayback playback = play();
        playback.onSocket(socket);
        playback.onLost();
        run(0);
        assertFailed(StatusText.MEDIA_SOCKET_LOST);
        assertFalse(stream.isHeld());
        playback.onLost();
        playback.onReceived();
        assertEquals(1, told.stream().filter(text -> text.contains("FAILED")).count());
        run(30_000_000);
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void socketThatBreaksAsItIsSentTo_endsThePlaybackAfterwards() throws Refusal {
        Stream stream = stream(Optional.of(Film.VIDEO), Optional.empty());
        Film.frames(0, 1_000_000, 0).forEach(frame -> TestStreams.publish(stream, frame.shifted(loop.nowUs())));
        underWay = play();
        underWay.onSocket(socket);
        breaks = true;
        run(100_000);
        assertFailed(StatusText.MEDIA_SOCKET_LOST);
        assertFalse(stream.isHeld());
        assertTrue(socketClosed);
    }

    @Test
    void clientThatIsGoneAsItIsTold_leavesNothing() throws Refusal {
        Stream stream = stream(Optional.of(Film.VIDEO), Optional.empty());
        MsePlayback playback = play();
        onTold = () -> playback.onLost();
        playback.onSocket(socket);
        run(100_000);
        assertFailed(StatusText.MEDIA_SOCKET_LOST);
        assertFalse(stream.isHeld());
        int before = media.size();
        Film.frames(0, 1_000_000, 0).forEach(frame -> TestStreams.publish(stream, frame.shifted(loop.nowUs())));
        run(1_000_000);
        assertEquals(before, media.size());
    }

    @Test
    void whatNoBrowserDecodes_isRefused() throws Refusal {
        stream(Optional.of(Format.video(Codec.H264, 64, 64, 0, 0x6e001f)), Optional.empty());
        play();
        assertFailed(StatusText.NO_COMMON_CODECS);
    }

    @Test
    void soundThatIsNoAacAlone_isRefused() throws Refusal {
        stream(Optional.empty(), Optional.of(Format.audio(Codec.OPUS, 2)));
        play();
        assertFailed(StatusText.NO_COMMON_CODECS);
    }

    @Test
    void unknownStream_andOverload_areRefused() {
        play();
        assertFailed(StatusText.STREAM_NOT_FOUND);
        saturated = Optional.of("full");
        play();
        assertFailed(StatusText.SERVER_IS_OVERLOADED);
    }
}
