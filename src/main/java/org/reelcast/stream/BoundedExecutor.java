package org.reelcast.stream;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs at most a given number of tasks at a time on another executor; the others wait their turn. */
public final class BoundedExecutor implements Executor {
    /** Far above what the limits on viewers allow; a task a stream at a time. */
    private static final int MAX_WAITING = 100_000;

    private final Executor target;
    private final int parallel;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /** @param parallel how many tasks may run at the same time */
    public BoundedExecutor(Executor target, int parallel) {
        this.target = target;
        this.parallel = parallel;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                throw new RejectedExecutionException("too many tasks wait for a reader");
            }
            waiting.add(task);
            if (running == parallel) {
                return;
            }
            running++;
        }
        try {
            target.execute(this::work);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                running--;
                waiting.remove(task);
            }
            throw e;
        }
    }

    private void work() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    running--;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }
}
