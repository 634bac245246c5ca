package org.reelcast.webrtc.dtls;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that handshakes run on. A handshake mostly waits for the network, so there are more threads than cores;
 * those beyond wait in a bounded queue.
 */
public final class DtlsPool implements Executor, Closeable {
    private static final int THREADS = 64;
    private static final int QUEUE = 4096;
    private static final int IDLE_S = 30;

    private final ThreadPoolExecutor executor;

    public DtlsPool() {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(THREADS, THREADS, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE),
                task -> {
                    Thread thread = new Thread(task, "dtls-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the queue is full or the pool closed */
    @Override
    public void execute(Runnable handshake) {
        executor.execute(handshake);
    }

    /** Handshakes under way and waiting. */
    public int load() {
        return executor.getActiveCount() + executor.getQueue().size();
    }

    /** Threads alive. */
    public int threads() {
        return executor.getPoolSize();
    }

    /** Interrupts what runs and waits for its end. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
