package org.reelcast.storage.s3;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.reelcast.storage.cache.DiskCache;

/** What all objects share: the cache, the bound on connections and two or three threads. */
final class S3Context implements AutoCloseable {
    /** Blocks kept in memory besides the disk; over all objects. */
    private static final long HEAP_BYTES = 32L * 1024 * 1024;
    /** Blocks that may wait for the disk before the network waits for it too. */
    private static final int MAX_BEHIND = 32;

    private final S3Options options;
    private final BlockCache cache;
    private final ConnectionLimit limit;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(2, threads("reelcast-s3-timer"));
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("reelcast-s3-disk"));

    S3Context(S3Options options) {
        this.options = options;
        this.cache = new BlockCache(DiskCache.at(options.cacheDir(), options.cacheMaxBytes()), HEAP_BYTES);
        this.limit = new ConnectionLimit(options.maxConnections());
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadFactory threads(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    S3Options options() {
        return options;
    }

    BlockCache cache() {
        return cache;
    }

    ConnectionLimit limit() {
        return limit;
    }

    /** For short tasks. */
    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /** For tasks that write to disk, in order. */
    ThreadPoolExecutor writer() {
        return writer;
    }

    boolean isDiskBehind() {
        return writer.getQueue().size() >= MAX_BEHIND;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        writer.shutdown();
        try {
            writer.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
