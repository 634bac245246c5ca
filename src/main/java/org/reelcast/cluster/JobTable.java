package org.reelcast.cluster;

import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.reelcast.cluster.grid.Grid;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;

/** The jobs of all nodes: as they are, to be compared and set, and as this node has last heard of them. */
@AnyThread
final class JobTable {
    /** Nodes that change the same thing at the same time: one of them succeeds each time. */
    private static final int TRIES = 100;

    private final Grid grid;
    private final Map<String, Job> known = new ConcurrentHashMap<>();

    JobTable(Grid grid) {
        this.grid = grid;
    }

    /** Changes a job; {@code change} may be asked several times. @return what it is then */
    @Blocking
    Optional<Job> change(String key, UnaryOperator<Optional<Job>> change) throws GridException {
        for (int i = 0; i < TRIES; i++) {
            Optional<String> old = grid.read(key);
            Optional<String> now = change.apply(old.flatMap(Job::parse)).map(Job::toJson);
            boolean done = old.equals(now)
                    || (old.isEmpty()
                            ? grid.putIfAbsent(key, now.get()).isEmpty()
                            : now.isPresent() ? grid.replace(key, old.get(), now.get()) : grid.remove(key, old.get()));
            if (done) {
                return now.flatMap(Job::parse);
            }
        }
        throw new GridException("'" + key + "' is changed by other nodes all the time");
    }

    /** A job as it is. */
    @Blocking
    Optional<Job> read(String key) throws GridException {
        return grid.read(key).flatMap(Job::parse);
    }

    /** This node hears of it. @return what it was as far as it knew; null for nothing */
    Job see(String key, Optional<Job> job) {
        return job.isPresent() ? known.put(key, job.get()) : known.remove(key);
    }

    Map<String, Job> known() {
        return known;
    }

    /** How many of each kind a node does. */
    Map<String, Integer> count(String owner) {
        Map<String, Integer> counts = new TreeMap<>();
        known.forEach((key, job) -> {
            if (job.owner().equals(owner)) {
                counts.merge(Job.kind(key), 1, Integer::sum);
            }
        });
        return counts;
    }

    /** The id of the job of that kind whose body {@code wanted} holds for. */
    Optional<String> find(String kind, Predicate<JsonObject> wanted) {
        return known.entrySet().stream()
                .filter(entry -> Job.kind(entry.getKey()).equals(kind)
                        && wanted.test(entry.getValue().body()))
                .map(entry -> Job.id(entry.getKey()))
                .findFirst();
    }

    /** The node that does a job. */
    Optional<String> owner(String kind, String id) {
        return Optional.ofNullable(known.get(Job.key(kind, id)))
                .map(Job::owner)
                .filter(owner -> !owner.equals(Job.NOBODY));
    }
}
