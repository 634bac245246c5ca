package org.reelcast.storage.s3;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How many requests are under way at the same time over all stores; the others wait in line. */
final class ConnectionLimit {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    ConnectionLimit(int connections) {
        this.free = connections;
    }

    /** Runs {@code start} as soon as there is a connection for it; it is to call {@link #release} at its end. */
    void acquire(Runnable start) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(start);
                return;
            }
            free--;
        }
        start.run();
    }

    /** Waits for a connection; then {@link #release} is to be called. @return whether there was one in time */
    boolean acquire(long timeoutMs) throws InterruptedException {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        acquire(() -> {
            if (!turn.complete(null)) {
                release();
            }
        });
        try {
            turn.get(timeoutMs, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return !turn.cancel(false);
        } catch (InterruptedException e) {
            if (!turn.cancel(false)) {
                release();
            }
            throw e;
        }
    }

    void release() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
