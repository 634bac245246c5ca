package org.reelcast.webrtc.dtls;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that handshakes run on, some milliseconds each; those beyond wait in a bounded queue. */
public final class DtlsPool implements Executor, Closeable {
    private static final int QUEUE = 4096;
    private static final int IDLE_S = 30;

    private final ThreadPoolExecutor executor;

    /** @param threads handshakes that run at the same time */
    public DtlsPool(int threads) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads, threads, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(QUEUE), task -> {
                    Thread thread = new Thread(task, "dtls-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** With a thread for each core, two at least: a server's handshakes wait for nothing. */
    public static DtlsPool ofCores() {
        return new DtlsPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /** @throws java.util.concurrent.RejectedExecutionException when the queue is full or the pool closed */
    @Override
    public void execute(Runnable handshake) {
        executor.execute(handshake);
    }

    /** Handshakes that run or wait for a thread. */
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
