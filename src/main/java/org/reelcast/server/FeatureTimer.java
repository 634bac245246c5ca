package org.reelcast.server;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The timer of all features. A repeated task that fails once is logged and repeated: Java's own timer would drop it without
 * a word, and with it all that it has to end, delete or renew. So is a single task that fails, whose result nobody reads.
 */
final class FeatureTimer extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = Logger.getLogger(FeatureTimer.class.getName());

    FeatureTimer(int threads, ThreadFactory factory) {
        super(threads, factory);
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(() -> run(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(() -> run(task), delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(() -> run(task), initial, delay, unit);
    }

    /** What Java itself throws when memory or threads run out ends the process once it is logged. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "A task at its time failed", e);
        }
    }
}
