package org.reelcast.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reelcast.loop.AnyThread;

/**
 * Which jobs are this node's, by key, each with its epoch. The word of what this node has shared itself comes back to it,
 * at some time: before the job is begun, or after it is over.
 */
@AnyThread
final class OwnJobs {
    /** The epoch of a job that is about to be this node's. */
    private static final Integer NOT_YET = Integer.MAX_VALUE;

    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    /** Those that this node has done, until the others know. */
    private final Map<String, Integer> over = new ConcurrentHashMap<>();

    /** Whether a job of that epoch is this node's already. */
    static boolean isBegun(Integer epoch) {
        return !epoch.equals(NOT_YET);
    }

    boolean has(String key) {
        return running.containsKey(key);
    }

    boolean has(String key, Integer epoch) {
        return epoch.equals(running.get(key));
    }

    Optional<Integer> epoch(String key) {
        return Optional.ofNullable(running.get(key));
    }

    Set<String> keys() {
        return running.keySet();
    }

    /** A job is about to be this node's: call it before others are told. */
    void expect(String key) {
        running.put(key, NOT_YET);
    }

    /** The same, unless it is its own already. */
    boolean expectNew(String key) {
        return running.putIfAbsent(key, NOT_YET) == null;
    }

    /** What was expected is another node's. */
    void missed(String key) {
        running.remove(key, NOT_YET);
    }

    /** What was expected is this node's. */
    void got(String key, Integer epoch) {
        running.computeIfPresent(key, (same, old) -> old.equals(NOT_YET) ? epoch : Math.max(old, epoch));
    }

    /** @return whether it was not its own before */
    boolean add(String key, Integer epoch) {
        return running.putIfAbsent(key, epoch) == null;
    }

    boolean remove(String key, Integer epoch) {
        return running.remove(key, epoch);
    }

    /** The job is done. @return the epoch of which the others are to be told, then {@link #told}; of one that is begun */
    Optional<Integer> done(String key) {
        Optional<Integer> epoch = epoch(key).filter(OwnJobs::isBegun);
        epoch.ifPresent(begun -> {
            over.put(key, begun);
            running.remove(key, begun);
        });
        return epoch;
    }

    void told(String key, Integer epoch) {
        over.remove(key, epoch);
    }

    /** Those done of which the others have not been told. */
    Map<String, Integer> untold() {
        return over;
    }

    boolean isDone(String key, int epoch) {
        return over.getOrDefault(key, 0) >= epoch;
    }
}
