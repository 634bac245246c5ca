package org.reelcast.output.mse;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.loop.Admission;
import org.reelcast.stream.Streams;

/**
 * What all who play by MSE share.
 *
 * @param executor for tasks that are over soon
 */
record MsePlaybacks(Streams streams, MseFeeds feeds, Admission admission, Executor executor) {

    /** Does what may have to wait for others neither on a loop nor for who sends, and may find its socket broken. */
    void off(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException theServerStops) {
            ForkJoinPool.commonPool().execute(task);
        }
    }
}
