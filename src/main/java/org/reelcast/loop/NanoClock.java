package org.reelcast.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A monotonic clock in nanoseconds, and the waiting by it. It is handed to whoever schedules, so that a test can let
 * time pass as it likes.
 */
@AnyThread
public interface NanoClock {

    /** The clock of the machine. */
    NanoClock SYSTEM = new NanoClock() {
        @Override
        public long nowNs() {
            return System.nanoTime();
        }

        @Override
        public void await(Object lock, long untilNs) throws InterruptedException {
            TimeUnit.NANOSECONDS.timedWait(lock, untilNs - nowNs());
        }

        @Override
        public void at(long timeNs, Runnable task) {
            CompletableFuture.delayedExecutor(timeNs - nowNs(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(task);
        }
    };

    /** Nanoseconds since some moment; may be negative, only differences count. */
    long nowNs();

    /**
     * Waits as {@link Object#wait()} does, up to that time of the clock; may return earlier for no reason.
     *
     * @param lock whose monitor the calling thread holds
     */
    void await(Object lock, long untilNs) throws InterruptedException;

    /** Runs a short task at that time of the clock or a little after it, on a thread of the clock's. */
    void at(long timeNs, Runnable task);
}
