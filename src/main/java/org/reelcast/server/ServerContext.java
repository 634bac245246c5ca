package org.reelcast.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.reelcast.config.Settings;
import org.reelcast.loop.Admission;
import org.reelcast.loop.MediaLoops;
import org.reelcast.stream.Streams;

/**
 * What all features share.
 *
 * @param admission  whether another viewer may come, whatever the output
 * @param executor   the container's threads, as many as are asked for: for tasks that block or take long, through a
 *                   {@link org.reelcast.loop.BoundedExecutor} for each purpose, so that none takes all of them
 * @param shortTasks on the same, for many tasks that are over soon: they take turns on a few threads
 * @param scheduler  for short tasks at times, on threads of the container
 */
public record ServerContext(
        Settings settings,
        MediaLoops loops,
        Admission admission,
        Streams streams,
        Executor executor,
        Executor shortTasks,
        ScheduledExecutorService scheduler) {
    /** Set by reelcast.jar for as long as the container starts the application. */
    private static final String STARTING = "reelcast.starting";

    private static final long LOOK_MS = 50;

    /**
     * Runs a short task once the application is started. At the end of the start Payara closes the application's libraries for
     * a moment: a class that another thread looks for just then is not found ("zip file closed"), and what its initialisation
     * needs is missing for good.
     */
    public void afterStart(Runnable task) {
        if (Boolean.getBoolean(STARTING)) {
            scheduler.schedule(() -> afterStart(task), LOOK_MS, TimeUnit.MILLISECONDS);
        } else {
            shortTasks.execute(task);
        }
    }
}
