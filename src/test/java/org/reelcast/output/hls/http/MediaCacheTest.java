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

/** Segments are made once for all who ask, and are kept within a bound. */
class MediaCacheTest {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<String> made = new ArrayList<>();
    private final MediaCache cache = new MediaCache(1000, tasks::add);

    private CompletableFuture<List<byte[]>> ask(String name, int bytes) {
        return cache.get(name, maker(name, bytes));
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
        List<CompletableFuture<List<byte[]>>> asked = new ArrayList<>();
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
        for (int i = 0; i < 10; i++) {
            ask("s" + i, 100);
            runTasks();
        }
        assertEquals(1000, cache.bytes());
        ask("s0", 100).join();
        ask("s10", 100);
        runTasks();
        assertEquals(1000, cache.bytes());
        ask("s0", 100).join();
        assertFalse(ask("s1", 100).isDone());
        runTasks();
        for (int i = 0; i < 500; i++) {
            ask("many" + i, 90);
            runTasks();
            assertTrue(cache.bytes() <= 1000);
        }
    }

    /** What is larger than the bound is given to those who ask, and takes nobody else's place for long. */
    @Test
    void largerThanTheBound_isGivenOut() {
        CompletableFuture<List<byte[]>> large = ask("large", 5000);
        runTasks();
        assertEquals(2, large.join().size());
        ask("small", 10);
        runTasks();
        assertEquals(10, cache.bytes());
        assertTrue(ask("small", 10).isDone());
    }

    @Test
    void failure_isToldToAllWhoWait_andNotKept() {
        Callable<List<byte[]>> broken = () -> {
            made.add("broken");
            throw new IOException("the store is away");
        };
        CompletableFuture<List<byte[]>> first = cache.get("one", broken);
        CompletableFuture<List<byte[]>> second = cache.get("one", broken);
        runTasks();
        for (CompletableFuture<List<byte[]>> each : List.of(first, second)) {
            assertEquals("the store is away", assertThrows(CompletionException.class, each::join).getCause()
                    .getMessage());
        }
        assertEquals(1, made.size());
        assertEquals(0, cache.bytes());
        CompletableFuture<List<byte[]>> again = ask("one", 10);
        runTasks();
        assertEquals(2, again.join().size());
    }

    @Test
    void errorOfAMaker_leavesNobodyWaiting() {
        CompletableFuture<List<byte[]>> asked = cache.get("one", () -> {
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
        CompletableFuture<List<byte[]>> asked = full.get("one", maker("one", 10));
        assertTrue(assertThrows(CompletionException.class, asked::join).getCause()
                instanceof RejectedExecutionException);
        assertEquals(0, full.bytes());
        assertTrue(full.get("one", maker("one", 10)).isCompletedExceptionally());
    }
}
