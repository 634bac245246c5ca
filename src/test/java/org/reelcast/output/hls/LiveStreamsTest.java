package org.reelcast.output.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeScheduler;
import org.reelcast.output.hls.film.FilmStreams;
import org.reelcast.output.hls.http.Deliverable;
import org.reelcast.output.hls.http.HeldAnswers;
import org.reelcast.output.hls.http.MediaCache;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.segment.SegmentLengths;
import org.reelcast.stream.Streams;

/** Streams are opened by the first who asks, kept while somebody does, and given back whatever happens. */
class LiveStreamsTest {
    private static final String NAME = "vod-live://film.mp4";
    private static final long SECOND_US = 1_000_000;

    private final FakeScheduler clock = new FakeScheduler(1_795_523_400_000_000L);
    private final Streams streams = new Streams(Runnable::run);
    private final GeneratedSource source = new GeneratedSource(streams, clock, GeneratedSource.film());
    private final LiveStreams live = new LiveStreams(
            streams,
            new FilmStreams(
                    new MediaCache(1 << 20, Runnable::run),
                    new HeldAnswers(clock, Runnable::run, 100),
                    new FilmStreams.Options(8, 12, true, false, SegmentLengths.of(2_000_000))),
            (name, stream) -> {
                throw new Refusal(StatusText.STREAM_NOT_FOUND, "no such source here");
            },
            clock,
            () -> clock.nowUs() / 1000,
            300_000,
            15_000);

    private CompletableFuture<Deliverable> get(String name) {
        return live.get(name, true, "192.0.2.1").toCompletableFuture();
    }

    private static StatusText refused(CompletableFuture<Deliverable> answer) {
        assertTrue(answer.isDone(), "it is waited for");
        return ((Refusal) assertThrows(CompletionException.class, answer::join).getCause()).status();
    }

    private void assertNothingHeld() {
        assertEquals(0, source.held, "films that are held");
        assertEquals(0, source.holds(), "streams that are held");
        assertEquals(List.of(), live.names());
    }

    @Test
    void manyWhoAsk_shareOneStream() {
        Deliverable first = get(NAME).join();
        for (int i = 0; i < 100; i++) {
            assertSame(first, get(NAME).join());
            assertSame(
                    first,
                    live.get(NAME, false, "192.0.2.1").toCompletableFuture().join());
        }
        assertEquals(List.of(NAME), source.opened);
        assertEquals(List.of(NAME), live.names());
        live.closeAll();
        assertNothingHeld();
    }

    @Test
    void segmentOfWhatIsNotOpen_opensNothing() {
        assertEquals(
                StatusText.STREAM_NOT_FOUND,
                refused(live.get(NAME, false, "192.0.2.1").toCompletableFuture()));
        assertEquals(List.of(), source.opened);
    }

    @Test
    void streamNobodyAsksFor_isClosed_andOneThatIsAskedForIsNot() {
        get(NAME).join();
        get("vod-live://other.mp4").join();
        for (int i = 0; i < 100; i++) {
            clock.run(10 * SECOND_US);
            live.get(NAME, false, "192.0.2.1");
            live.closeIdle();
        }
        assertEquals(List.of(NAME), live.names());
        assertEquals(1, source.held);
        clock.run(301 * SECOND_US);
        live.closeIdle();
        assertNothingHeld();
    }

    /** Its list stays for those who have not seen the end; who comes later gets the next stream of that name. */
    @Test
    void endedStream_isServedForAWhile_thenOpenedAnew() {
        Deliverable first = get(NAME).join();
        source.end();
        clock.run(10 * SECOND_US);
        live.closeIdle();
        assertSame(first, get(NAME).join());
        clock.run(31 * SECOND_US);
        Deliverable second = get(NAME).join();
        assertNotSame(first, second);
        assertEquals(1, source.held);
        assertEquals(2, source.opened.size());
    }

    /** Nobody who comes to the next stream of that name is told that it has ended. */
    @Test
    void nextStreamOfThatName_isServedAtOnce() throws Exception {
        Deliverable first = get(NAME).join();
        source.end();
        assertSame(first, get(NAME).join());
        streams.open(NAME, org.reelcast.stream.Holder.output("test", offered -> List.of()));
        assertNotSame(first, get(NAME).join());
        assertEquals(List.of(NAME), live.names());
        assertEquals(1, source.held);
    }

    @Test
    void failureToOpen_isTold_andTheNextTriesAgain() {
        source.refusal = new Refusal(StatusText.FILE_NOT_FOUND, "no such film");
        assertEquals(StatusText.FILE_NOT_FOUND, refused(get(NAME)));
        assertNothingHeld();
        source.refusal = null;
        get(NAME).join();
        assertEquals(1, source.held);
    }

    @Test
    void endedWhileItOpens_leavesNothing() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        source.opener = tasks::add;
        CompletableFuture<Deliverable> asked = get(NAME);
        assertFalse(asked.isDone());
        assertTrue(live.close(NAME));
        assertEquals(StatusText.STREAM_NOT_FOUND, refused(asked));
        tasks.forEach(Runnable::run);
        assertNothingHeld();
    }

    @Test
    void broadcastThatSettlesLate_isWaitedFor() {
        source.settled = false;
        CompletableFuture<Deliverable> asked = get(NAME);
        clock.run(SECOND_US);
        assertFalse(asked.isDone());
        source.settled = true;
        clock.run(SECOND_US);
        assertTrue(asked.isDone());
        assertEquals(0, clock.waiting());
    }

    @Test
    void broadcastThatNeverSettles_isNotWaitedForLong() {
        source.settled = false;
        CompletableFuture<Deliverable> asked = get(NAME);
        clock.run(16 * SECOND_US);
        assertEquals(StatusText.STREAM_NOT_FOUND, refused(asked));
        assertNothingHeld();
        assertEquals(0, clock.waiting());
    }

    @Test
    void endedBeforeItSettles_isNotLookedAtAgain() {
        source.settled = false;
        CompletableFuture<Deliverable> asked = get(NAME);
        assertTrue(live.close(NAME));
        assertEquals(StatusText.STREAM_NOT_FOUND, refused(asked));
        clock.run(SECOND_US);
        assertEquals(0, clock.waiting());
        assertNothingHeld();
    }

    /** A server that is too busy in the middle of it. */
    @Test
    void openerThatRefusesLater_leavesNobodyWaiting() {
        source.settled = false;
        CompletableFuture<Deliverable> asked = get(NAME);
        source.opener = task -> {
            throw new RejectedExecutionException("full");
        };
        clock.run(SECOND_US);
        assertTrue(asked.isCompletedExceptionally());
        assertNothingHeld();
    }

    @Test
    void errorOfTheOpener_leavesNobodyWaiting() {
        CompletableFuture<Deliverable> asked = new CompletableFuture<>();
        source.opener = task -> assertThrows(StackOverflowError.class, task::run);
        source.failWith = new StackOverflowError();
        live.get(NAME, true, "192.0.2.1").whenComplete((any, failure) -> asked.completeExceptionally(failure));
        assertTrue(asked.isCompletedExceptionally());
        assertNothingHeld();
    }

    @Test
    void moreThanAThousand_areRefused() {
        for (int i = 0; i < 1000; i++) {
            live.get("vod-live://" + i + ".mp4", true, LiveStreams.REST)
                    .toCompletableFuture()
                    .join();
        }
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused(get(NAME)));
        assertTrue(live.close("vod-live://7.mp4"));
        get(NAME).join();
        assertFalse(live.close("vod-live://7.mp4"));
        live.closeAll();
        assertNothingHeld();
    }

    /** Each is held for minutes after one request. */
    @Test
    void oneAddress_opensAHundred_andOthersGoOn() {
        for (int i = 0; i < 100; i++) {
            get("vod-live://" + i + ".mp4").join();
        }
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused(get(NAME)));
        get("vod-live://7.mp4").join();
        live.get(NAME, true, "192.0.2.2").toCompletableFuture().join();
        get(NAME).join();
        assertTrue(live.close("vod-live://7.mp4"));
        get("vod-live://another.mp4").join();
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused(get("vod-live://7.mp4")));
        live.closeAll();
        assertNothingHeld();
        get("vod-live://7.mp4").join();
    }
}
