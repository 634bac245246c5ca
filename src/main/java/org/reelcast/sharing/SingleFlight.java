package org.reelcast.sharing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.reelcast.loop.AnyThread;

/**
 * Work that is in flight at most once for each key: the first one who needs a value makes it, those who come meanwhile
 * wait for that value or join what has begun. Nothing is kept of work that is done.
 *
 * @param <K> names a value
 * @param <V> a value, told from others by identity
 */
@AnyThread
public final class SingleFlight<K, V> {

    /**
     * Makes a value; may block.
     *
     * @param <V> the value
     * @param <E> the failure
     */
    public interface Maker<V, E extends Exception> {
        V make() throws E;
    }

    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Makes the value in the calling thread, unless another thread is making it: then waits for that one.
     *
     * @throws E                  when this call's own maker failed
     * @throws ExecutionException when the maker of another call failed, which is the cause: whether that is this call's
     *                            failure too, or this call tries again, is the caller's to say
     */
    public <E extends Exception> V make(K key, Maker<? extends V, E> maker)
            throws E, ExecutionException, InterruptedException {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> first = flights.putIfAbsent(key, mine);
        if (first != null) {
            return first.get();
        }
        try {
            V value = maker.make();
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, mine);
        }
    }

    /**
     * The value in flight, which the caller joins; when there is none, {@code first}'s, which is in flight until {@link
     * #end}.
     *
     * @param first asked while nobody else can begin this key's: short, and without use of this object; null begins
     *              nothing
     * @return null when {@code first} gave null
     */
    public V begin(K key, Supplier<? extends V> first) {
        CompletableFuture<V> flight = flights.computeIfAbsent(key, absent -> {
            V begun = first.get();
            return begun == null ? null : CompletableFuture.completedFuture(begun);
        });
        return flight == null ? null : flight.join();
    }

    /** The value that has begun and not ended; null when there is none. */
    public V begun(K key) {
        return begun(flights.get(key));
    }

    private V begun(CompletableFuture<V> flight) {
        return flight == null || flight.isCompletedExceptionally() ? null : flight.getNow(null);
    }

    /** What {@link #begin} gave is no longer in flight; nothing happens when it is not any more. */
    public void end(K key, V value) {
        flights.computeIfPresent(key, (same, flight) -> begun(flight) == value ? null : flight);
    }
}
