package org.reelcast.cluster;

import jakarta.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;

/** Does jobs of a kind; by tasks. */
@AnyThread
public interface JobWorker {
    /**
     * Takes the job over from another node.
     *
     * @throws Refusal when that cannot be now; it is tried again some times
     */
    @Blocking
    void start(String id, JsonObject body) throws Refusal;

    /** Another node does it from now on, or nobody. */
    void stop(String id);

    /** What {@link #start} and {@link #stop} are called by. */
    Executor tasks();

    /** The same some time later. */
    default Executor later() {
        return CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS, tasks());
    }
}
