package org.reelcast.process.transcoder;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.H264Format;

/**
 * Hands a decoder's pictures over to a task of its own: as few wait as can, and those that come meanwhile are left out.
 */
@AnyThread
final class PictureTask {
    /** A decoder gives out a few at once. */
    private static final int MOST_WAITING = 4;

    /** Takes the pictures; called by one task at a time. */
    interface Worker {
        void work(Picture picture, H264Format format);

        /** The last call. */
        void close();
    }

    private record Waiting(Picture picture, H264Format format) {}

    private final Executor executor;
    private final Worker worker;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private boolean running;
    private boolean closed;

    PictureTask(Executor executor, Worker worker) {
        this.executor = executor;
        this.worker = worker;
    }

    /** Pictures that were left out since too many waited. */
    long dropped() {
        return dropped.get();
    }

    /** @param picture stays the caller's */
    void hand(Picture picture, H264Format format) throws FfmpegException {
        synchronized (this) {
            if (closed) {
                return;
            }
            if (waiting.size() >= MOST_WAITING) {
                dropped.incrementAndGet();
                return;
            }
            waiting.add(new Waiting(picture.share(), format));
        }
        run();
    }

    /** Nothing more is worked at. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.forEach(one -> one.picture().close());
            waiting.clear();
        }
        run();
    }

    private void run() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            refused();
        }
    }

    /** The server goes down, or is overloaded: what waits is left out. */
    private void refused() {
        boolean last;
        synchronized (this) {
            running = false;
            last = closed;
            dropped.addAndGet(waiting.size());
            waiting.forEach(one -> one.picture().close());
            waiting.clear();
        }
        if (last) {
            worker.close();
        }
    }

    private void work() {
        for (Waiting next = next(); next != null; next = next()) {
            try (Picture picture = next.picture()) {
                worker.work(picture, next.format());
            }
        }
    }

    private Waiting next() {
        boolean last;
        synchronized (this) {
            Waiting next = waiting.poll();
            if (next != null) {
                return next;
            }
            last = closed;
            // who has been closed stays in this task, so that nothing comes after the last call
            running = last;
        }
        if (last) {
            worker.close();
        }
        return null;
    }
}
