package org.reelcast.output.snapshot;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/** The work of snapshots, off the loops: bounded, so that it neither piles up nor takes the machine. */
@AnyThread
final class ImageTasks {
    /** Pictures and images in the making at the same time, waiting ones too. */
    static final int PLACES = 100;

    private static final Logger LOG = Logger.getLogger(ImageTasks.class.getName());
    private static final long LOG_INTERVAL_US = 10_000_000;

    private final Executor executor;
    private final LongSupplier nowUs;
    private final long limitUs;
    private final Semaphore places = new Semaphore(PLACES);
    private final AtomicLong quietUntilUs = new AtomicLong(Long.MIN_VALUE);

    /**
     * @param executor runs as many tasks at a time as it shall
     * @param nowUs    a monotonic clock
     * @param limitUs  a task that has waited for so long is not worth its while any more
     */
    ImageTasks(Executor executor, LongSupplier nowUs, long limitUs) {
        this.executor = executor;
        this.nowUs = nowUs;
        this.limitUs = limitUs;
    }

    /** Begins what has one of the places until it is done; fails with a {@link Refusal} when all are taken. */
    <V> CompletableFuture<V> place(Supplier<CompletableFuture<V>> work) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(overloaded(PLACES + " snapshots are being taken"));
        }
        return work.get().whenComplete((done, failure) -> places.release());
    }

    /** Runs a task on the executor. */
    <V> CompletableFuture<V> run(Callable<V> task) {
        CompletableFuture<V> result = new CompletableFuture<>();
        long latestUs = nowUs.getAsLong() + limitUs;
        try {
            executor.execute(() -> run(task, latestUs, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(overloaded("no thread to take a snapshot: " + e.getMessage()));
        }
        return result;
    }

    private <V> void run(Callable<V> task, long latestUs, CompletableFuture<V> result) {
        if (nowUs.getAsLong() > latestUs) {
            result.completeExceptionally(overloaded("a snapshot has waited for a core for " + limitUs / 1000 + " ms"));
            return;
        }
        try {
            result.complete(task.call());
        } catch (Throwable e) {
            // whoever waits for the result is to know
            result.completeExceptionally(e);
        }
    }

    private Refusal overloaded(String sentence) {
        long now = nowUs.getAsLong();
        long quietUntil = quietUntilUs.get();
        if (now >= quietUntil && quietUntilUs.compareAndSet(quietUntil, now + LOG_INTERVAL_US)) {
            LOG.warning(() -> "Snapshots are refused: " + sentence + "; the next of these are not logged for 10 s");
        }
        return new Refusal(StatusText.SERVER_IS_OVERLOADED, sentence);
    }

    /** Waits for what is under way, for so long at the most; nothing more is begun. */
    void close(long waitMs) {
        try {
            places.tryAcquire(PLACES, waitMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        places.drainPermits();
    }
}
