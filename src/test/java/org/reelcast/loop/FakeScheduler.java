package org.reelcast.loop;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time moves when the test says so; what is due runs on the test's thread. For one thread. */
public final class FakeScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.timeUs).thenComparing(t -> t.number));
    private long nowUs;
    private long numbers;
    private boolean down;

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long timeUs;
        private final long number = numbers++;

        Task(Callable<V> callable, long timeUs) {
            super(callable);
            this.timeUs = timeUs;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(timeUs - nowUs, TimeUnit.MICROSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** @param nowUs where its time starts */
    public FakeScheduler(long nowUs) {
        this.nowUs = nowUs;
    }

    public long nowUs() {
        return nowUs;
    }

    /** Lets time pass. */
    public void run(long forUs) {
        long endUs = nowUs + forUs;
        while (!tasks.isEmpty() && tasks.peek().timeUs <= endUs) {
            Task<?> next = tasks.poll();
            nowUs = Math.max(nowUs, next.timeUs);
            next.run();
        }
        nowUs = endUs;
    }

    /** How many tasks wait. */
    public long waiting() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        if (down) {
            throw new RejectedExecutionException("down");
        }
        Task<V> task = new Task<>(callable, nowUs + unit.toMicros(delay));
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.MICROSECONDS);
    }

    @Override
    public void shutdown() {
        down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        down = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return down;
    }

    @Override
    public boolean isTerminated() {
        return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
