package org.reelcast.storage.s3;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.reelcast.loop.Blocking;

/**
 * Looks host names up before a network thread needs them: that would wait for the name server itself, and everybody's
 * downloads with it. What was found, Java remembers for longer than {@link #FRESH_NS}.
 */
final class NameLookup implements AutoCloseable {
    private static final int MAX_THREADS = 32;
    private static final int MAX_NAMES = 256;
    /** Java's own memory lasts 30 s. */
    private static final long FRESH_NS = TimeUnit.SECONDS.toNanos(20);

    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

    /** Gives the addresses of a name. */
    @Blocking
    interface Resolver {
        void resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final long timeoutMs;
    private final ThreadPoolExecutor threads;
    private final Map<String, Long> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_NAMES;
        }
    };

    NameLookup(long timeoutMs) {
        this(timeoutMs, InetAddress::getAllByName);
    }

    NameLookup(long timeoutMs, Resolver resolver) {
        this.resolver = resolver;
        this.timeoutMs = timeoutMs;
        threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "reelcast-s3-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Done as soon as the name is known; fails with {@link UnknownHostException}, or {@link ConnectException} when the
     * name server takes too long.
     */
    CompletableFuture<Void> find(String host) {
        if (DIGITS.matcher(host).matches() || isFresh(host)) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return CompletableFuture.runAsync(() -> resolve(host), threads)
                    .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
                    .handle((done, failure) -> {
                        if (failure != null) {
                            throw new CompletionException(reason(failure));
                        }
                        return null;
                    });
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new ConnectException("the server stops"));
        }
    }

    private Throwable reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? new ConnectException("the name server did not answer within " + timeoutMs + " ms")
                : failure instanceof CompletionException ? failure.getCause() : failure;
    }

    private void resolve(String host) {
        try {
            resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
        synchronized (found) {
            found.put(host, System.nanoTime());
        }
    }

    private boolean isFresh(String host) {
        synchronized (found) {
            Long since = found.get(host);
            return since != null && System.nanoTime() - since < FRESH_NS;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
