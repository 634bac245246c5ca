package org.reelcast.webrtc.dtls;

import java.io.Closeable;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that handshakes run on. A handshake mostly waits for the network, so there are more threads than cores;
 * those beyond wait in a bounded queue. A thread is started only when no other is free: each keeps some 100 KB of stack
 * that a handshake has used.
 */
public final class DtlsPool implements Executor, Closeable {
    private static final int THREADS = 64;
    private static final int QUEUE = 4096;
    private static final int IDLE_S = 30;

    private final ThreadPoolExecutor executor;

    public DtlsPool() {
        AtomicInteger number = new AtomicInteger();
        Waiting waiting = new Waiting();
        executor = new ThreadPoolExecutor(0, THREADS, IDLE_S, TimeUnit.SECONDS, waiting, task -> {
            Thread thread = new Thread(task, "dtls-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }, (task, pool) -> waiting.add(task, pool.isShutdown()));
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

    /** Takes what a free thread waits for; else a thread is started, and when there are enough it waits here. */
    private static final class Waiting extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable handshake) {
            return tryTransfer(handshake);
        }

        private void add(Runnable handshake, boolean closed) {
            if (closed || size() >= QUEUE) {
                throw new RejectedExecutionException(closed ? "closed" : "full");
            }
            put(handshake);
        }
    }
}
