package org.reelcast.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;

/** What does the jobs of each kind here. */
@AnyThread
final class JobWorkers {
    private static final Logger LOG = Logger.getLogger(JobWorkers.class.getName());

    private final Map<String, JobWorker> workers = new ConcurrentHashMap<>();
    /** Kinds whose worker is up. */
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    /** What is done with a job. */
    interface Task {
        void run(JobWorker worker) throws GridException;
    }

    void register(String kind, JobWorker worker) {
        workers.put(kind, worker);
    }

    void open(String kind) {
        open.add(kind);
    }

    boolean isOpen(String key) {
        return open.contains(Job.kind(key));
    }

    JobWorker of(String key) {
        return workers.get(Job.kind(key));
    }

    /** By the worker's own tasks. */
    void execute(String key, Task task) {
        JobWorker worker = of(key);
        if (worker == null) {
            return;
        }
        try {
            worker.tasks().execute(() -> {
                try {
                    task.run(worker);
                } catch (GridException e) {
                    LOG.log(Level.WARNING, key + " could not be taken over or given away", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "Too busy for " + key, e);
        }
    }
}
