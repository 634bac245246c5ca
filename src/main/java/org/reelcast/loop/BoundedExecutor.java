package org.reelcast.loop;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs at most a given number of tasks at a time on another executor; the others wait their turn. For an executor whose
 * tasks are dear to start, a thread may wait a while for the next one: a managed executor looks through all jars of the
 * application for kinds of context at every task, which takes longer than to read a second of film.
 */
public final class BoundedExecutor implements Executor {
    /** Far above what the limits on viewers allow; a task a stream at a time. */
    private static final int MAX_WAITING = 100_000;

    private final Executor target;
    private final int parallel;
    private final long lingerMs;
    private final int maxWaiting;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    /** Threads of the target at work or idle here. */
    private int running;
    /** Threads that were asked for and do not run yet. */
    private int starting;

    private int idle;

    /** @param parallel how many tasks may run at the same time */
    public BoundedExecutor(Executor target, int parallel) {
        this(target, parallel, 0);
    }

    /**
     * @param parallel how many tasks may run at the same time
     * @param lingerMs how long a thread waits for the next task before it goes back; 0 for not at all
     */
    public BoundedExecutor(Executor target, int parallel, long lingerMs) {
        this(target, parallel, lingerMs, MAX_WAITING);
    }

    /**
     * @param parallel   how many tasks may run at the same time
     * @param lingerMs   how long a thread waits for the next task before it goes back; 0 for not at all
     * @param maxWaiting how many tasks may wait for one of these to end
     */
    public BoundedExecutor(Executor target, int parallel, long lingerMs, int maxWaiting) {
        this.target = target;
        this.parallel = parallel;
        this.lingerMs = lingerMs;
        this.maxWaiting = maxWaiting;
    }

    /** A part of this one, of which one asker's tasks can take no more: the others wait for each other alone. */
    public BoundedExecutor part(int ofHowMany) {
        return new BoundedExecutor(this, Math.max(1, parallel / ofHowMany), 0, maxWaiting);
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (waiting.size() >= maxWaiting) {
                throw new RejectedExecutionException(waiting.size() + " tasks wait already");
            }
            waiting.add(task);
            if (idle >= waiting.size()) {
                waiting.notify();
                return;
            }
            if (running + starting == parallel) {
                return;
            }
            starting++;
        }
        try {
            target.execute(this::work);
        } catch (RejectedExecutionException e) {
            synchronized (waiting) {
                starting--;
                if (running > 0 || !waiting.remove(task)) {
                    // a thread that runs already takes it, or has
                    return;
                }
            }
            throw e;
        }
    }

    private void work() {
        synchronized (waiting) {
            starting--;
            running++;
        }
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** The next task; null when the thread is to go. */
    private Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task == null && lingerMs > 0) {
                task = linger();
            }
            running -= task == null ? 1 : 0;
            return task;
        }
    }

    private Runnable linger() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lingerMs);
        Runnable task = null;
        idle++;
        try {
            long leftNs = endNs - System.nanoTime();
            while (task == null && leftNs > 0) {
                TimeUnit.NANOSECONDS.timedWait(waiting, leftNs);
                task = waiting.poll();
                leftNs = endNs - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            idle--;
        }
        return task;
    }
}
