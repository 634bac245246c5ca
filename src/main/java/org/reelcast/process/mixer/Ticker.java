package org.reelcast.process.mixer;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;

/**
 * Has a task run at regular times, on an executor: one at a time, and a time that comes while the last task is still at
 * work is left out. The loop only gives the times.
 */
@AnyThread
final class Ticker {
    private static final Logger LOG = Logger.getLogger(Ticker.class.getName());
    private static final long SECOND_US = 1_000_000;

    private final MediaLoop loop;
    private final Executor executor;
    private final int perSecond;
    private final Task task;
    private long startUs;
    private long count;
    /** Guarded by this, as the next ones. */
    private boolean busy;

    private boolean stopped;
    private Runnable last;
    private long leftOut;

    /** What is done. */
    interface Task {

        /** @param dueUs the time for which it is done, on the loops' clock */
        void run(long dueUs);
    }

    Ticker(MediaLoop loop, Executor executor, int perSecond, Task task) {
        this.loop = loop;
        this.executor = executor;
        this.perSecond = perSecond;
        this.task = task;
    }

    void start() {
        loop.execute(() -> {
            startUs = loop.nowUs();
            tick();
        });
    }

    /** Nothing more is run but this, which is in every case. */
    void stop(Runnable lastTask) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (busy) {
                last = lastTask;
                return;
            }
        }
        try {
            executor.execute(lastTask);
        } catch (RejectedExecutionException e) {
            lastTask.run();
        }
    }

    /** Times that were left out since a task was late. */
    synchronized long leftOut() {
        return leftOut;
    }

    private void tick() {
        synchronized (this) {
            if (stopped) {
                return;
            }
        }
        long dueUs = startUs + count * SECOND_US / perSecond;
        if (begin()) {
            try {
                executor.execute(() -> run(dueUs));
            } catch (RejectedExecutionException e) {
                LOG.log(Level.FINE, "No thread for a mixer now", e);
                done();
            }
        }
        count = Math.max(count + 1, (loop.nowUs() - startUs) * perSecond / SECOND_US);
        loop.at(startUs + count * SECOND_US / perSecond, this::tick);
    }

    private synchronized boolean begin() {
        leftOut += busy ? 1 : 0;
        boolean free = !busy && !stopped;
        busy |= free;
        return free;
    }

    private void run(long dueUs) {
        try {
            task.run(dueUs);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "A mixer's task failed", e);
        } finally {
            done();
        }
    }

    private void done() {
        Runnable atLast;
        synchronized (this) {
            busy = false;
            atLast = last;
            last = null;
        }
        if (atLast != null) {
            atLast.run();
        }
    }
}
