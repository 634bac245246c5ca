package org.reelcast.cluster;

import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.cluster.grid.GridException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * The jobs of one kind, for the feature that does them: the node that was asked does a job for all, another goes on with
 * it when that one dies or leaves. A node that is alone, or does not hear the others, does its jobs as if there were
 * none.
 */
@AnyThread
public final class OwnerJobs {
    private static final Logger LOG = Logger.getLogger(OwnerJobs.class.getName());

    private final Cluster cluster;
    private final String kind;

    /** @param worker does them here */
    public OwnerJobs(Cluster cluster, String kind, JobWorker worker) {
        this.cluster = cluster;
        this.kind = kind;
        cluster.jobs().register(kind, worker);
    }

    /** From now on those that other nodes leave are done here: what does them is up. */
    public void open() {
        cluster.jobs().open(kind);
    }

    /** Something that is begun. */
    public interface Begin<T> {
        T begin() throws Refusal;
    }

    /**
     * Begins what no other node does.
     *
     * @param taken the status of the refusal when one does
     */
    @Blocking
    public <T> T begin(String id, JsonObject body, StatusText taken, Begin<T> work) throws Refusal {
        if (!cluster.isShared()) {
            return work.begin();
        }
        boolean claimed = claim(id, body, taken);
        boolean done = false;
        try {
            T begun = work.begin();
            done = true;
            if (claimed) {
                cluster.jobs().begun(kind, id);
            }
            return begun;
        } finally {
            if (!done) {
                finished(id);
            }
        }
    }

    /** @return whether it is this node's; otherwise the others do not answer, and it is done all the same */
    private boolean claim(String id, JsonObject body, StatusText taken) throws Refusal {
        try {
            Optional<String> other = cluster.jobs().claim(kind, id, body);
            if (other.isPresent()) {
                throw new Refusal(taken, "'" + id + "' is there already, on node " + other.get());
            }
            return true;
        } catch (GridException e) {
            LOG.log(Level.WARNING, "The " + kind + " '" + id + "' is this node's alone", e);
            return false;
        }
    }

    /** This node has begun it, and any other that did it stops. */
    @Blocking
    public void started(String id, JsonObject body) {
        if (cluster.isShared()) {
            try {
                cluster.jobs().started(kind, id, body);
            } catch (GridException e) {
                LOG.log(Level.WARNING, "The " + kind + " '" + id + "' is this node's alone", e);
            }
        }
    }

    /** Who takes the job over is to begin with what {@code body} is now. Returns at once. */
    public void changed(String id, Supplier<JsonObject> body) {
        cluster.jobs().changed(kind, id, body);
    }

    /** The same, and the others know when this returns, unless they do not answer. */
    @Blocking
    public void tell(String id, Supplier<JsonObject> body) {
        try {
            cluster.jobs().tell(kind, id, body);
        } catch (GridException e) {
            LOG.log(Level.WARNING, "Another node would go on with the " + kind + " '" + id + "' as it was", e);
        }
    }

    /** It is over here; nobody is to go on with it, unless it is another node's by now. Returns at once. */
    public void finished(String id) {
        cluster.jobs().finished(kind, id);
    }

    /** Ends it on whichever node does it. @return whether one did */
    @Blocking
    public boolean end(String id) {
        try {
            return cluster.jobs().end(kind, id);
        } catch (GridException e) {
            LOG.log(Level.FINE, "The other nodes cannot be asked for '" + id + "'", e);
            return false;
        }
    }

    /** The same of the one whose body {@code wanted} holds for. */
    @Blocking
    public boolean end(Predicate<JsonObject> wanted) {
        return cluster.jobs().table().find(kind, wanted).filter(this::end).isPresent();
    }

    /**
     * What is to be changed is here, as far as other nodes have not said otherwise.
     *
     * @param missing the status of the refusal when another node does it, with a sentence that names it
     */
    public void checkHere(String id, StatusText missing) throws Refusal {
        Optional<String> owner = cluster.jobs().table().owner(kind, id).filter(node -> !node.equals(cluster.node()));
        if (owner.isPresent()) {
            throw new Refusal(missing, "'" + id + "' is on " + cluster.place(owner.get()) + ": ask it there");
        }
    }
}
