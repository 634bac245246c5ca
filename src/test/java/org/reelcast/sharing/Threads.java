package org.reelcast.sharing;

import java.util.concurrent.CountDownLatch;

/** Threads that wait for each other in tests. */
final class Threads {

    private Threads() {}

    static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Until the thread is held up by a lock or a future. */
    static void awaitHeldUp(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    static void await(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
