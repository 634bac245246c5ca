package org.reelcast.loop;

import java.util.concurrent.Executor;

/**
 * One thread that owns a UDP socket, the peers behind it and their timers. All state of a peer or a stream lives on one
 * loop and needs no locks. Nothing that runs here may block.
 */
public interface MediaLoop extends Executor {

    /** The server's monotonic clock in microseconds, the same on all loops; never negative. */
    long nowUs();

    /** Whether the calling thread is this loop's. */
    boolean inLoop();

    /** Runs {@code task} on the loop as soon as it can. */
    @AnyThread
    @Override
    void execute(Runnable task);

    /** Runs {@code task} on the loop at {@code timeUs} of {@link #nowUs()} or a little after it. */
    @AnyThread
    Timer at(long timeUs, Runnable task);

    /** A task that waits for its time. */
    interface Timer {
        /** The task will not run, unless it is running already. */
        void cancel();
    }
}
