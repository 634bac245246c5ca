package org.reelcast.storage.s3;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reelcast.sharing.ClientAddresses;

/**
 * How many requests are under way at the same time over all stores; the others wait in line, a line for each store and
 * client. No store gets more than three times of what is left then, three quarters when it is alone: one that does not
 * answer keeps nobody from another. No client gets more than is left, half when he is alone.
 * Stores that are not trusted by name, of which somebody may have any number, get half of
 * all together.
 */
final class ConnectionLimit {
    private static final int TIMES_OF_FREE = 3;

    private final int untrustedMost;
    private final Map<Place, Line> lines = new LinkedHashMap<>();
    /** Connections by store and by client. */
    private final Map<Object, Integer> shares = new HashMap<>();

    private int free;
    private int untrusted;

    /** @param client whom what is asked for is counted for; empty for nobody */
    private record Place(S3Endpoint store, Optional<ByteBuffer> client) {

        static Place of(S3Store store, String client) {
            return new Place(store.endpoint(), ClientAddresses.owner(client));
        }
    }

    /** Of one store and client. */
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

    /**
     * Runs {@code start} as soon as there is a connection for it; it is to call {@link #release} at its end.
     *
     * @param client IP address of whoever wants it; empty for the server itself
     */
    void acquire(S3Store store, String client, Runnable start) {
        synchronized (this) {
            lines.computeIfAbsent(Place.of(store, client), place -> new Line(store.isTrusted()))
                    .waiting
                    .add(start);
        }
        startWaiting();
    }

    /** Waits for a connection; then {@link #release} is to be called. @return whether there was one in time */
    boolean acquire(S3Store store, String client, long timeoutMs) throws InterruptedException {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        acquire(store, client, () -> {
            if (!turn.complete(null)) {
                release(store, client);
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
                release(store, client);
            }
            throw e;
        }
    }

    void release(S3Store store, String client) {
        synchronized (this) {
            Place place = Place.of(store, client);
            Line line = lines.get(place);
            share(place, -1);
            line.held--;
            free++;
            untrusted -= line.trusted ? 0 : 1;
            if (line.held == 0 && line.waiting.isEmpty()) {
                lines.remove(place);
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
        for (Map.Entry<Place, Line> next = eligible(); next != null; next = eligible()) {
            Line line = next.getValue();
            starts.add(line.waiting.remove());
            line.held++;
            share(next.getKey(), 1);
            free--;
            untrusted += line.trusted ? 0 : 1;
            // to the end: they take turns
            lines.remove(next.getKey());
            lines.put(next.getKey(), line);
        }
        return starts;
    }

    private void share(Place place, int more) {
        shares.merge(place.store(), more, ConnectionLimit::sum);
        place.client().ifPresent(client -> shares.merge(client, more, ConnectionLimit::sum));
    }

    /** Null for none, which is not kept. */
    private static Integer sum(Integer a, Integer b) {
        return a + b == 0 ? null : Integer.valueOf(a + b);
    }

    private int shareOf(Object whom) {
        return shares.getOrDefault(whom, 0);
    }

    /** Of those that may have one more, the one of the store with the fewest; null for none. */
    private Map.Entry<Place, Line> eligible() {
        return lines.entrySet().stream()
                .filter(each -> mayHaveOneMore(each.getKey(), each.getValue()))
                .min(Comparator.comparingInt((Map.Entry<Place, Line> each) ->
                                shareOf(each.getKey().store()))
                        .thenComparingInt(each -> each.getValue().held))
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .orElse(null);
    }

    private boolean mayHaveOneMore(Place place, Line line) {
        return !line.waiting.isEmpty()
                && shareOf(place.store()) < TIMES_OF_FREE * free
                && place.client().map(this::shareOf).orElse(0) < free
                && (line.trusted || untrusted < untrustedMost);
    }
}
