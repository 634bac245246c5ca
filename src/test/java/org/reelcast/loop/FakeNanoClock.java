package org.reelcast.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** A clock that stands still until a test lets time pass; what waits for a time costs none. For any thread. */
public final class FakeNanoClock implements NanoClock {

    private record Task(long timeNs, long number, Runnable run) {}

    private record Waiting(Object lock, long untilNs, Thread thread) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::timeNs).thenComparingLong(Task::number));
    private final List<Waiting> waiting = new ArrayList<>();
    private long nowNs = 1_000_000_000_000L;
    private long number;
    private int waits;

    @Override
    public synchronized long nowNs() {
        return nowNs;
    }

    @Override
    public void await(Object lock, long untilNs) throws InterruptedException {
        Waiting mine = new Waiting(lock, untilNs, Thread.currentThread());
        synchronized (this) {
            if (untilNs <= nowNs) {
                return;
            }
            waiting.add(mine);
            waits++;
            notifyAll();
        }
        try {
            lock.wait();
        } finally {
            synchronized (this) {
                waiting.remove(mine);
            }
        }
    }

    @Override
    public synchronized void at(long timeNs, Runnable task) {
        tasks.add(new Task(timeNs, number++, task));
    }

    /** Lets so much time pass: runs the tasks that are due, each at its time, and wakes who waited up to then. */
    public void advance(long ns) {
        long endNs = nowNs() + ns;
        for (Task task = next(endNs); task != null; task = next(endNs)) {
            wake();
            task.run.run();
        }
        synchronized (this) {
            nowNs = endNs;
        }
        wake();
    }

    private synchronized Task next(long endNs) {
        Task first = tasks.peek();
        if (first == null || first.timeNs > endNs) {
            return null;
        }
        nowNs = Math.max(nowNs, first.timeNs);
        return tasks.poll();
    }

    private void wake() {
        List<Waiting> due;
        synchronized (this) {
            due = waiting.stream().filter(each -> each.untilNs <= nowNs).toList();
        }
        for (Waiting each : due) {
            synchronized (each.lock) {
                each.lock.notifyAll();
            }
        }
    }

    /** How many waits for a time of the clock have begun, over or not. */
    public synchronized int waits() {
        return waits;
    }

    /** Blocks until somebody waits for a time of the clock. */
    public synchronized void awaitWaiting() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
    }

    /** Blocks until so many waits for a time of the clock have begun, over or not. */
    public synchronized void awaitWaits(int count) throws InterruptedException {
        while (waits < count) {
            wait();
        }
    }
}
