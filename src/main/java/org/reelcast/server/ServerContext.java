package org.reelcast.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
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
public record ServerContext(Settings settings, MediaLoops loops, Admission admission, Streams streams, Executor executor,
        Executor shortTasks, ScheduledExecutorService scheduler) {
}
