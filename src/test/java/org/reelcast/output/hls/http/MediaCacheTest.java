package org.reelcast.output.hls.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** Segments are made once for all who ask, and are kept within a bound. */
class MediaCacheTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> made = new ArrayList<>();
    private final MediaCache cache = new MediaCache(1000, tasks::add);

    private CompletableFuture<Media> ask(String name, int bytes) {
        return cache.get(name, bytes, maker(name, bytes));
    }

    private Callable<List<byte[]>> maker(String name, int bytes) {
        return () -> {
            made.add(name);
            return List.of(new byte[bytes / 2], new byte[bytes - bytes / 2]);
        };
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void manyWhoAskAtOnce_shareOneMaker() {
        List<CompletableFuture<Media>> asked = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            asked.add(ask("one", 100));
        }
        assertEquals(1, tasks.size());
        assertFalse(asked.get(0).isDone());
        runTasks();
        asked.forEach(each -> assertSame(asked.get(0).join(), each.join()));
        assertSame(asked.get(0).join(), ask("one", 100).join());
        assertEquals(List.of("one"), made);
        assertEquals(100, cache.bytes());
    }

    @Test
    void whatWasNotAskedForLongest_goesFirst() {
        for (int i = 0; i < 9; i++) {
            ask("s" + i, 100);
            runTasks();
        }
        assertEquals(900, cache.bytes());
        ask("s0", 100).join();
        ask("s10", 100);
        runTasks();
        assertEquals(900, cache.bytes());
        ask("s0", 100).join();
        assertFalse(ask("s1", 100).isDone());
        runTasks();
        for (int i = 0; i < 500; i++) {
            ask("many" + i, 90);
            runTasks();
            assertTrue(cache.bytes() <= 1000);
        }
    }

    /** It is made of frames, which take as much again. */
    @Test
    void largerThanHalfOfTheBound_isRefused() {
        assertEquals(500, cache.largest());
        CompletableFuture<Media> large = ask("large", 501);
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused(large));
        assertEquals(0, tasks.size());
        ask("fits", 500);
        runTasks();
        assertEquals(500, cache.bytes());
    }

    @Test
    void whatHasNoRoom_waitsUntilOthersAreMade() {
        CompletableFuture<Media> first = ask("first", 400);
        CompletableFuture<Media> second = ask("second", 300);
        CompletableFuture<Media> third = ask("third", 100);
        assertSame(second, ask("second", 300));
        assertEquals(1, tasks.size());
        assertEquals(800, cache.bytes());
        runTasks();
        assertTrue(first.isDone() && second.isDone() && third.isDone());
        assertEquals(List.of("first", "second", "third"), made);
        assertEquals(400, cache.bytes(), "the first one made room");
    }

    @Test
    void whatIsSent_isNotForgotten_andCountsUntilItIsRead() {
        Media.Held read = madeNow("read");
        read.hold();
        read.hold();
        CompletableFuture<Media> next = ask("next", 400);
        runTasks();
        assertFalse(next.isDone(), "there is no room while the other one is sent");
        read.release();
        assertEquals(0, tasks.size());
        read.release();
        runTasks();
        assertTrue(next.isDone());
        assertEquals(400, cache.bytes());
        read.hold();
        assertEquals(800, cache.bytes(), "forgotten, and sent to somebody who came just before");
        read.release();
        assertEquals(400, cache.bytes());
    }

    private Media.Held madeNow(String name) {
        ask(name, 400);
        runTasks();
        return ask(name, 400).join().memory().get(0);
    }

    @Test
    void thoseWhoWait_areBounded() {
        ask("first", 500);
        for (int i = 0; i < 256; i++) {
            assertFalse(ask("waiting" + i, 500).isDone());
        }
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refused(ask("more", 1)));
        runTasks();
        assertTrue(ask("waiting255", 500).isDone());
    }

    private static StatusText refused(CompletableFuture<Media> asked) {
        return ((Refusal) assertThrows(CompletionException.class, asked::join).getCause()).status();
    }

    @Test
    void failure_isToldToAllWhoWait_andNotKept() {
        Callable<List<byte[]>> broken = () -> {
            made.add("broken");
            throw new IOException("the store is away");
        };
        CompletableFuture<Media> first = cache.get("one", 10, broken);
        CompletableFuture<Media> second = cache.get("one", 10, broken);
        runTasks();
        for (CompletableFuture<Media> each : List.of(first, second)) {
            assertEquals(
                    "the store is away",
                    assertThrows(CompletionException.class, each::join)
                            .getCause()
                            .getMessage());
        }
        assertEquals(1, made.size());
        assertEquals(0, cache.bytes());
        CompletableFuture<Media> again = ask("one", 10);
        runTasks();
        assertEquals(2, again.join().pieces().size());
    }

    @Test
    void errorOfAMaker_leavesNobodyWaiting() {
        CompletableFuture<Media> asked = cache.get("one", 10, () -> {
            throw new StackOverflowError();
        });
        assertThrows(StackOverflowError.class, this::runTasks);
        assertTrue(asked.isCompletedExceptionally());
        ask("one", 10);
        runTasks();
        assertTrue(ask("one", 10).isDone());
    }

    @Test
    void executorThatRefuses_isToldAndNotKept() {
        MediaCache full = new MediaCache(1000, task -> {
            throw new RejectedExecutionException("full");
        });
        CompletableFuture<Media> asked = full.get("one", 10, maker("one", 10));
        assertTrue(
                assertThrows(CompletionException.class, asked::join).getCause() instanceof RejectedExecutionException);
        assertEquals(0, full.bytes());
        assertTrue(full.get("one", 10, maker("one", 10)).isCompletedExceptionally());
    }
}
