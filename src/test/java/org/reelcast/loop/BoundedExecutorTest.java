package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedExecutorTest {
    private static final long LONG_MS = 600_000;

    /** Threads of the target, one a start. */
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private final Executor target = task -> {
        Thread thread = new Thread(task);
        threads.add(thread);
        thread.start();
    };

    @AfterEach
    void endThreads() {
        threads.forEach(Thread::interrupt);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void runOne(Executor executor) {
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(done::countDown);
        await(done);
    }

    @Test
    void threadThatLingers_takesTheNextTask() {
        BoundedExecutor executor = new BoundedExecutor(target, 1, LONG_MS);
        for (int i = 0; i < 20; i++) {
            runOne(executor);
        }
        assertEquals(1, threads.size());
    }

    @Test
    void threadThatDoesNotLinger_goesBack() throws Exception {
        BoundedExecutor executor = new BoundedExecutor(target, 1);
        runOne(executor);
        threads.get(0).join();
        runOne(executor);
        assertEquals(2, threads.size());
    }

    @Test
    void threadWithNothingToDo_goesBackAfterAWhile() throws Exception {
        BoundedExecutor executor = new BoundedExecutor(target, 1, 1);
        runOne(executor);
        threads.get(0).join();
        runOne(executor);
        threads.forEach(thread -> assertFalse(thread.isInterrupted()));
    }

    /** Whether the first thread is idle or still at work by then, a task never waits for one that blocks. */
    @Test
    void severalTasksAtOnce_runBesideEachOtherThoughOneThreadLingers() {
        BoundedExecutor executor = new BoundedExecutor(target, 3, LONG_MS);
        runOne(executor);
        CountDownLatch allAtWork = new CountDownLatch(3);
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            executor.execute(() -> {
                allAtWork.countDown();
                await(allAtWork);
                done.countDown();
            });
        }
        await(done);
    }

    @Test
    void moreTasksThanAllowed_waitTheirTurn() {
        BoundedExecutor executor = new BoundedExecutor(target, 2, LONG_MS);
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            executor.execute(() -> {
                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                Thread.yield();
                atWork.decrementAndGet();
                done.countDown();
            });
        }
        await(done);
        assertTrue(most.get() <= 2, "at once: " + most);
        assertTrue(threads.size() <= 2, "threads: " + threads.size());
    }

    @Test
    void taskThatFails_leavesTheThreadToTheNext() {
        BoundedExecutor executor = new BoundedExecutor(
                task -> target.execute(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
                    task.run();
                }),
                1,
                LONG_MS);
        executor.execute(() -> {
            throw new IllegalStateException("meant");
        });
        runOne(executor);
        assertEquals(1, threads.size());
    }

    @Test
    void targetThatRefuses_refusesTheTaskAndTakesTheNext() {
        AtomicInteger calls = new AtomicInteger();
        BoundedExecutor executor = new BoundedExecutor(
                task -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new RejectedExecutionException("full");
                    }
                    target.execute(task);
                },
                1,
                LONG_MS);
        assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
        runOne(executor);
        assertEquals(2, calls.get());
    }

    @Test
    void targetThatRefusesASecondThread_leavesTheTaskToTheFirst() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger threads = new AtomicInteger();
        Executor executor = new BoundedExecutor(
                task -> {
                    if (threads.incrementAndGet() > 1) {
                        throw new RejectedExecutionException("full");
                    }
                    new Thread(task).start();
                },
                2,
                0);
        executor.execute(() -> {
            runs.countDown();
            await(busy);
        });
        await(runs);
        executor.execute(done::countDown);
        busy.countDown();
        assertTrue(done.await(10, TimeUnit.SECONDS));
    }

    @Test
    void interrupt_endsTheWaiting() throws Exception {
        BoundedExecutor executor = new BoundedExecutor(target, 1, LONG_MS);
        runOne(executor);
        threads.get(0).interrupt();
        threads.get(0).join();
        runOne(executor);
        assertEquals(2, threads.size());
    }

    @Test
    void moreThanMayWait_isRefused_andWhatWaitsIsDone() {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(3);
        BoundedExecutor executor = new BoundedExecutor(target, 1, 0, 2);
        executor.execute(() -> {
            begun.countDown();
            await(go);
            done.countDown();
        });
        await(begun);
        executor.execute(done::countDown);
        executor.execute(done::countDown);
        assertThrows(RejectedExecutionException.class, () -> executor.execute(done::countDown));
        go.countDown();
        await(done);
    }
}
