package org.reelcast.loop;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose time moves when the test says so: tasks run when the test runs them, timers when time passes them. */
public final class FakeLoop implements MediaLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<FakeTimer> timers = new PriorityQueue<>(
            Comparator.<FakeTimer>comparingLong(t -> t.timeUs).thenComparingLong(t -> t.order));
    private long nowUs = 1_000_000;
    private long order;

    private static final class FakeTimer implements Timer {
        private final long timeUs;
        private final long order;
        private final Runnable task;
        private boolean cancelled;

        FakeTimer(long timeUs, long order, Runnable task) {
            this.timeUs = timeUs;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Override
    public long nowUs() {
        return nowUs;
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer at(long timeUs, Runnable task) {
        FakeTimer timer = new FakeTimer(timeUs, order++, task);
        timers.add(timer);
        return timer;
    }

    /** Runs what waits, without letting time pass. */
    public void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass to {@code timeUs}, running tasks and timers on the way. */
    public void runUntil(long timeUs) {
        runTasks();
        while (!timers.isEmpty() && timers.peek().timeUs <= timeUs) {
            FakeTimer next = timers.poll();
            if (!next.cancelled) {
                nowUs = Math.max(nowUs, next.timeUs);
                next.task.run();
                runTasks();
            }
        }
        nowUs = Math.max(nowUs, timeUs);
    }

    /** Lets time pass. */
    public void run(long forUs) {
        runUntil(nowUs + forUs);
    }

    /** Timers that wait for their time. */
    public long pendingTimers() {
        return timers.stream().filter(timer -> !timer.cancelled).count();
    }
}
