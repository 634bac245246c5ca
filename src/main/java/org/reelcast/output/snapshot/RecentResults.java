package org.reelcast.output.snapshot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.MediaLoop;
import org.reelcast.sharing.SingleFlight;

/**
 * Results that are made once for all who ask meanwhile, and for a second after. Failures are shared with those
 * who waited, and not kept.
 */
@AnyThread
final class RecentResults<K, V> {
    private static final long KEPT_US = 1_000_000;

    private final SingleFlight<K, CompletableFuture<V>> flights = new SingleFlight<>();
    private final AtomicLong bytes = new AtomicLong();
    private final ToLongFunction<V> size;
    private final long maxBytes;

    /**
     * @param size     of a result, in bytes
     * @param maxBytes of all that are kept; what does not fit in is shared while it is made only
     */
    RecentResults(ToLongFunction<V> size, long maxBytes) {
        this.size = size;
        this.maxBytes = maxBytes;
    }

    /**
     * The result for {@code key}.
     *
     * @param loop  its clock counts the second
     * @param maker begins to make it; does not block
     */
    CompletableFuture<V> get(K key, MediaLoop loop, Supplier<? extends CompletionStage<V>> maker) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> shared = flights.begin(key, () -> mine);
        if (shared == mine) {
            maker.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    keep(key, mine, size.applyAsLong(value), loop);
                    mine.complete(value);
                } else {
                    flights.end(key, mine);
                    mine.completeExceptionally(failure);
                }
            });
        }
        return shared;
    }

    private void keep(K key, CompletableFuture<V> made, long resultBytes, MediaLoop loop) {
        if (bytes.addAndGet(resultBytes) > maxBytes) {
            bytes.addAndGet(-resultBytes);
            flights.end(key, made);
            return;
        }
        loop.at(loop.nowUs() + KEPT_US, () -> {
            flights.end(key, made);
            bytes.addAndGet(-resultBytes);
        });
    }
}
