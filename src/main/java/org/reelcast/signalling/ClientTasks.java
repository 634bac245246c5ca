package org.reelcast.signalling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.BoundedExecutor;

/**
 * What one client may have under way in the server, so that whoever asks a lot waits for himself and not others for
 * him.
 */
@AnyThread
final class ClientTasks {
    /** Films that are opened at the same time, of a kind. */
    static final int PARALLEL = 4;
    /** Answers that are being made, of those that cost more than a few lines. */
    static final int ANSWERS = 20;

    private final int maxWaiting;
    /** By the executor that they are shares of: there are a few. */
    private final Map<Executor, Executor> shares = new ConcurrentHashMap<>();

    private final Semaphore answers = new Semaphore(ANSWERS);
    private volatile boolean gone;

    /** @param maxWaiting tasks that may wait for others of the client */
    ClientTasks(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /** The client's part of an executor. */
    Executor shareOf(Executor executor) {
        return shares.computeIfAbsent(executor, all -> {
            Executor share = new BoundedExecutor(all, PARALLEL, 0, maxWaiting);
            return task -> share.execute(() -> run(task));
        });
    }

    private void run(Runnable task) {
        if (!gone) {
            task.run();
        }
    }

    /** The client is gone: nobody waits for what has not begun. */
    void drop() {
        gone = true;
    }

    /** @return false when so much is being made for the client already that it is told so */
    boolean begin() {
        return answers.tryAcquire();
    }

    void done() {
        answers.release();
    }
}
