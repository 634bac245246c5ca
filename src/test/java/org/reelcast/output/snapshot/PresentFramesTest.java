package org.reelcast.output.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeLoop;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.TestStreams;

class PresentFramesTest {
    private static final Format VIDEO = Format.video(Codec.H264, 640, 360, 0);
    private static final long LIMIT_US = 3_000_000;

    private final FakeLoop loop = new FakeLoop();
    private int keyFrameRequests;
    private Stream stream =
            TestStreams.camera("id", "cam", loop, Optional.of(VIDEO), Optional.empty(), () -> keyFrameRequests++);

    private void publish(boolean key) {
        TestStreams.publish(stream, frame(key));
    }

    private Frame frame(boolean key) {
        return new Frame(VIDEO, loop.nowUs(), loop.nowUs(), key, Slice.of(new byte[10]));
    }

    private CompletableFuture<PresentFrames.Group> take() {
        CompletableFuture<PresentFrames.Group> taken = PresentFrames.of(stream, LIMIT_US);
        loop.runTasks();
        return taken;
    }

    private StatusText refusal(CompletableFuture<PresentFrames.Group> taken) {
        assertTrue(taken.isDone());
        return ((Refusal) assertThrows(ExecutionException.class, taken::get).getCause()).status();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        loop.runTasks();
        assertEquals(List.of(), stream.holds());
        assertEquals(0, loop.pendingTimers());
    }

    @Test
    void groupThatIsKeptIsTakenAtOnce() throws Exception {
        publish(true);
        loop.run(40_000);
        publish(false);
        PresentFrames.Group group = take().getNow(null);
        assertEquals(2, group.frames().size());
        assertEquals(loop.nowUs(), group.nowUs());
        assertEquals(0, keyFrameRequests);
    }

    @Test
    void cameraIsAskedForAKeyFrame() {
        publish(false);
        CompletableFuture<PresentFrames.Group> taken = take();
        assertEquals(1, keyFrameRequests);
        loop.run(LIMIT_US - 1);
        publish(false);
        loop.runTasks();
        assertFalse(taken.isDone());
        publish(true);
        loop.runTasks();
        assertEquals(1, taken.getNow(null).frames().size());
    }

    @Test
    void cameraThatSendsNoKeyFrameIsNotWaitedForForEver() {
        CompletableFuture<PresentFrames.Group> taken = take();
        loop.run(LIMIT_US - 1);
        assertFalse(taken.isDone());
        loop.run(1);
        assertEquals(StatusText.SNAPSHOT_TIMED_OUT, refusal(taken));
    }

    @Test
    void filmIsTakenWhenItsPictureIsThereWithWhatIsDueThen() {
        stream = TestStreams.film("film", loop, Optional.of(VIDEO), Optional.empty());
        CompletableFuture<PresentFrames.Group> taken = take();
        loop.run(100_000);
        stream.prepare(stream.tracks().get(0), frame(true));
        stream.prepare(stream.tracks().get(0), frame(false));
        loop.runTasks();
        assertFalse(taken.isDone());
        publish(false);
        publish(false);
        loop.runTasks();
        assertEquals(4, taken.getNow(null).frames().size());
        assertEquals(0, keyFrameRequests);
    }

    @Test
    void keyFrameThatComesMeanwhileStartsTheGroupAnew() {
        publish(true);
        publish(false);
        CompletableFuture<PresentFrames.Group> taken = PresentFrames.of(stream, LIMIT_US);
        loop.execute(() -> publish(true));
        loop.runTasks();
        assertEquals(1, taken.getNow(null).frames().size());
    }

    @Test
    void keyFrameThatIsNotDueYetIsWaitedFor() {
        TestStreams.publish(stream, new Frame(VIDEO, loop.nowUs(), loop.nowUs() + 80_000, true, Slice.of(new byte[1])));
        long shownUs = loop.nowUs() + 80_000;
        CompletableFuture<PresentFrames.Group> taken = take();
        loop.run(79_999);
        publish(false);
        assertFalse(taken.isDone());
        loop.run(1);
        assertEquals(shownUs, taken.getNow(null).nowUs());
        assertEquals(2, taken.getNow(null).frames().size());
    }

    @Test
    void keyFramesThatAreNeverDueAreNotWaitedForForEver() {
        for (int i = 0; i < 13; i++) {
            TestStreams.publish(
                    stream, new Frame(VIDEO, loop.nowUs(), loop.nowUs() + 1_000_000, true, Slice.of(new byte[1])));
            loop.run(40_000);
        }
        CompletableFuture<PresentFrames.Group> taken = take();
        loop.run(500_000);
        assertTrue(taken.isDone());
    }

    @Test
    void streamThatEndsBeforeItsPictureComesIsNamed() {
        CompletableFuture<PresentFrames.Group> taken = take();
        stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP));
        assertEquals(StatusText.STREAM_NOT_FOUND, refusal(taken));
        assertEquals(StatusText.STREAM_NOT_FOUND, refusal(take()));
    }

    @Test
    void streamThatBreaksSaysWhy() {
        CompletableFuture<PresentFrames.Group> taken = take();
        stream.end(StreamEnd.failed(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE));
        assertEquals(StatusText.GOT_EXCEPTION_WHILE_STREAMING_FILE, refusal(taken));
    }

    @Test
    void streamThatEndsWithItsPictureThereIsTaken() {
        publish(true);
        CompletableFuture<PresentFrames.Group> taken = PresentFrames.of(stream, LIMIT_US);
        loop.execute(() -> stream.end(StreamEnd.stopped(StatusText.STOPPED_BY_PUBLISHER_STOP)));
        loop.runTasks();
        assertEquals(1, taken.getNow(null).frames().size());
    }
}
