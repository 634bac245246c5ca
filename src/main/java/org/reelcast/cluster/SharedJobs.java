package org.reelcast.cluster;

import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.Grid;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;

/**
 * Work that one node does for all, a recording for instance: another takes it over when that node dies or leaves. Each
 * time the job has a higher epoch; whoever did it before and finds another owner stops.
 */
@AnyThread
public final class SharedJobs {
    private static final Logger LOG = Logger.getLogger(SharedJobs.class.getName());
    /** What cannot go on at once: its stream comes a moment later, or a server still has it from the node that is gone. */
    private static final int STARTS = 6;

    private final Grid grid;
    private final String node;
    private final JobWorkers workers = new JobWorkers();
    private final JobTable table;
    private final OwnJobs own = new OwnJobs();
    private volatile boolean leaving;

    SharedJobs(Grid grid, String node) {
        this.grid = grid;
        this.node = node;
        table = new JobTable(grid);
    }

    /** Jobs of that kind are done here, by {@code worker}. */
    public void register(String kind, JobWorker worker) {
        workers.register(kind, worker);
    }

    /** The worker is up: this node takes jobs of that kind over from now on, those that were meant for it before, too. */
    public void open(String kind) {
        workers.open(kind);
        tidy();
    }

    /** What all know of jobs. */
    JobTable table() {
        return table;
    }

    /** This node does the job from now on, and no other: call it when it is begun. */
    @Blocking
    public void started(String kind, String id, JsonObject body) throws GridException {
        String key = Job.key(kind, id);
        own.expect(key);
        take(key, body, was -> true);
    }

    /**
     * Takes a job that no other node does: call it before it is begun, then {@link #begun}, or {@link #finished} when that
     * fails.
     *
     * @return the node that does it already; empty when it is this one's now
     */
    @Blocking
    public Optional<String> claim(String kind, String id, JsonObject body) throws GridException {
        String key = Job.key(kind, id);
        if (!own.expectNew(key)) {
            return Optional.of(node);
        }
        return take(
                key, body, was -> was.owner().equals(Job.NOBODY) || was.owner().equals(node) || !isThere(was.owner()));
    }

    /** What was claimed is begun, and stops if it was to be another node's, or nobody's, before it was. */
    void begun(String kind, String id) {
        String key = Job.key(kind, id);
        if (!own.has(key)) {
            workers.of(key).stop(id);
        }
    }

    /** @param free whether one may be taken that is there already @return who has it instead */
    private Optional<String> take(String key, JsonObject body, Predicate<Job> free) throws GridException {
        Optional<Job> job = Optional.empty();
        try {
            job = table.change(
                    key,
                    was -> was.filter(free.negate())
                            .or(() -> Optional.of(
                                    new Job(node, was.map(Job::epoch).orElse(0) + 1, body))));
        } finally {
            if (job.filter(is -> is.owner().equals(node)).isEmpty()) {
                own.missed(key);
            }
        }
        Job is = job.orElseThrow();
        if (!is.owner().equals(node)) {
            return Optional.of(is.owner());
        }
        own.got(key, is.epoch());
        // what this node has heard of it meanwhile, it has not minded
        checkOwn(key, is.epoch());
        return Optional.empty();
    }

    private boolean isThere(String owner) {
        return grid.nodes().stream().anyMatch(each -> each.id().equals(owner));
    }

    /** Who takes the job over is to begin with another body; of a job that this node does. Returns at once. */
    void changed(String kind, String id, Supplier<JsonObject> body) {
        String key = Job.key(kind, id);
        if (own.has(key)) {
            workers.execute(key, worker -> tell(key, body));
        }
    }

    /** The same, and the others know when it returns. */
    @Blocking
    void tell(String kind, String id, Supplier<JsonObject> body) throws GridException {
        String key = Job.key(kind, id);
        if (own.has(key)) {
            tell(key, body);
        }
    }

    private void tell(String key, Supplier<JsonObject> body) throws GridException {
        table.change(key, was -> was.map(is -> is.owner().equals(node) ? is.with(body.get()) : is));
    }

    /** This node has done the job: nobody is to go on with it, this node neither. Returns at once. */
    public void finished(String kind, String id) {
        String key = Job.key(kind, id);
        own.done(key).ifPresent(epoch -> workers.execute(key, worker -> tellDone(key, epoch)));
    }

    private void tellDone(String key, Integer epoch) throws GridException {
        table.change(key, was -> was.filter(is -> !is.owner().equals(node) || is.epoch() > epoch));
        own.told(key, epoch);
    }

    /** Once in a while: does what could not be done before. */
    void tidy() {
        own.untold().forEach((key, epoch) -> workers.execute(key, worker -> tellDone(key, epoch)));
        table.known().forEach(this::heard);
        onNodes();
    }

    /** Whoever does the job stops. @return whether there was one */
    @Blocking
    public boolean end(String kind, String id) throws GridException {
        boolean[] was = new boolean[1];
        table.change(Job.key(kind, id), job -> {
            was[0] = job.filter(is -> !is.owner().equals(Job.NOBODY)).isPresent();
            return job.map(is -> is.owner().equals(Job.NOBODY) ? is : is.ownedBy(Job.NOBODY));
        });
        return was[0];
    }

    void onChange(String key, Optional<String> now) {
        Optional<Job> job = now.flatMap(Job::parse);
        Job last = table.see(key, job);
        if (job.isPresent()) {
            heard(key, job.get());
        } else if (own.has(key) && last != null && last.owner().equals(node)) {
            // lost with the nodes that kept it
            workers.execute(
                    key,
                    worker -> table.change(
                            key, was -> was.or(() -> own.has(key) ? Optional.of(last) : Optional.empty())));
        }
    }

    private void heard(String key, Job job) {
        boolean isOurs = job.owner().equals(node);
        Optional<Integer> epoch = own.epoch(key);
        if (epoch.isPresent() && !isOurs) {
            checkOwn(key, epoch.get());
        } else if (epoch.isEmpty() && isOurs && !leaving && workers.isOpen(key)) {
            workers.execute(key, worker -> begin(key, job, worker));
        }
    }

    /** Stops what is another node's or nobody's by now; what this node has heard may be older than its own job. */
    private void checkOwn(String key, Integer epoch) {
        if (OwnJobs.isBegun(epoch)) {
            workers.execute(key, worker -> {
                if (table.read(key).filter(is -> !is.owner().equals(node)).isPresent() && own.remove(key, epoch)) {
                    worker.stop(Job.id(key));
                    forget(key);
                }
            });
        }
    }

    private void forget(String key) throws GridException {
        table.change(key, was -> was.filter(is -> !is.owner().equals(Job.NOBODY)));
    }

    private void begin(String key, Job job, JobWorker worker) throws GridException {
        // the word of what was this node's own, and is over, may come late
        if (meant(key, job).isEmpty() || !own.add(key, job.epoch())) {
            return;
        }
        Optional<Job> now = Optional.empty();
        try {
            now = meant(key, job);
        } finally {
            if (now.isEmpty()) {
                own.remove(key, job.epoch());
            }
        }
        if (now.isPresent()) {
            LOG.info(() -> "Takes over " + key.substring(Job.KEYS.length()));
            start(key, now.get(), worker, STARTS);
        }
    }

    /** The job as it is, if this node is to do it still. */
    private Optional<Job> meant(String key, Job job) throws GridException {
        // in this order: what is over is told the others first, and forgotten here then
        return own.isDone(key, job.epoch())
                ? Optional.empty()
                : table.read(key).filter(is -> is.owner().equals(node) && is.epoch() == job.epoch());
    }

    /** @param left how often it is tried before it is given up */
    private void start(String key, Job job, JobWorker worker, int left) {
        if (!own.has(key, job.epoch())) {
            // another has it meanwhile, or nobody is to
            return;
        }
        try {
            worker.start(Job.id(key), job.body());
            if (!own.has(key, job.epoch())) {
                worker.stop(Job.id(key));
            }
        } catch (Refusal e) {
            if (left > 1) {
                LOG.log(Level.FINE, key + " is tried again", e);
                worker.later().execute(() -> start(key, job, worker, left - 1));
            } else {
                LOG.warning(() ->
                        key.substring(Job.KEYS.length()) + " of another node cannot go on here: " + e.getMessage());
                finished(Job.kind(key), Job.id(key));
            }
        }
    }

    /** By the eldest: what nodes did that are gone. */
    void onNodes() {
        if (grid.nodes().get(0).self()) {
            table.known().forEach((key, job) -> {
                if (job.owner().equals(Job.NOBODY)) {
                    workers.execute(key, worker -> forget(key));
                } else if (!isThere(job.owner())) {
                    workers.execute(key, worker -> table.change(key, was -> was.map(this::ofDeadNode)));
                }
            });
        }
    }

    /** It is done here, if whoever does it is gone. */
    private Job ofDeadNode(Job is) {
        return is.owner().equals(Job.NOBODY) || isThere(is.owner())
                ? is
                : is.ownedBy(leaving ? heir().orElse(node) : node);
    }

    private Optional<String> heir() {
        return grid.nodes().stream()
                .filter(each -> !each.self())
                .map(each -> each.id())
                .findFirst();
    }

    /** What this node does, or is to do, goes to another, if there is one; from now on it takes none over. */
    @Blocking
    void leave() {
        leaving = true;
        Optional<String> heir = heir();
        if (heir.isEmpty()) {
            return;
        }
        Set<String> keys = new HashSet<>(own.keys());
        table.known().forEach((key, job) -> {
            if (job.owner().equals(node)) {
                keys.add(key);
            }
        });
        for (String key : keys) {
            try {
                table.change(key, was -> was.map(is -> is.owner().equals(node) ? is.ownedBy(heir.get()) : is));
            } catch (GridException e) {
                LOG.log(Level.WARNING, key + " could not be handed over", e);
            }
        }
    }
}
