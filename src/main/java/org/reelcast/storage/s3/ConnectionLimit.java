package org.reelcast.storage.s3;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How many requests are under way at the same time over all stores; the others wait in line, a line for each store.
 * None gets more than three times of what is left then, three quarters when it is alone: a store that does not answer
 * keeps nobody from another. Stores that are not trusted by name, of which somebody may have any number, get half of
 * all together.
 */
final class ConnectionLimit {
    private static final int TIMES_OF_FREE = 3;

    private final int untrustedMost;
    private final Map<S3Endpoint, Line> lines = new LinkedHashMap<>();
    private int free;
    private int untrusted;

    /** Of one store. */
    private static final class Line {
        private final boolean trusted;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int held;

        private Line(boolean trusted) {
            this.trusted = trusted;
        }
    }

    ConnectionLimit(int connections) {
        this.free = connections;
        this.untrustedMost = Math.max(1, connections / 2);
    }

    /** Runs {@code start} as soon as there is a connection for it; it is to call {@link #release} at its end. */
    void acquire(S3Store store, Runnable start) {
        synchronized (this) {
            lines.computeIfAbsent(store.endpoint(), endpoint -> new Line(store.isTrusted())).waiting.add(start);
        }
        startWaiting();
    }

    /** Waits for a connection; then {@link #release} is to be called. @return whether there was one in time */
    boolean acquire(S3Store store, long timeoutMs) throws InterruptedException {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        acquire(store, () -> {
            if (!turn.complete(null)) {
                release(store);
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
                release(store);
            }
            throw e;
        }
    }

    void release(S3Store store) {
        synchronized (this) {
            Line line = lines.get(store.endpoint());
            line.held--;
            free++;
            untrusted -= line.trusted ? 0 : 1;
            if (line.held == 0 && line.waiting.isEmpty()) {
                lines.remove(store.endpoint());
            }
        }
        startWaiting();
    }

    private void startWaiting() {
        for (Runnable start : next()) {
            start.run();
        }
    }

    /** Those whose turn it is. */
    private synchronized List<Runnable> next() {
        List<Runnable> starts = new ArrayList<>(1);
        for (Map.Entry<S3Endpoint, Line> next = eligible(); next != null; next = eligible()) {
            Line line = next.getValue();
            starts.add(line.waiting.remove());
            line.held++;
            free--;
            untrusted += line.trusted ? 0 : 1;
            // to the end: stores take turns
            lines.remove(next.getKey());
            lines.put(next.getKey(), line);
        }
        return starts;
    }

    /** Of those that may have one more, the store with the fewest; null for none. */
    private Map.Entry<S3Endpoint, Line> eligible() {
        Map.Entry<S3Endpoint, Line> fewest = null;
        for (Map.Entry<S3Endpoint, Line> each : lines.entrySet()) {
            Line line = each.getValue();
            boolean may = !line.waiting.isEmpty() && line.held < TIMES_OF_FREE * free
                    && (line.trusted || untrusted < untrustedMost);
            if (may && (fewest == null || line.held < fewest.getValue().held)) {
                fewest = Map.entry(each.getKey(), line);
            }
        }
        return fewest;
    }
}
