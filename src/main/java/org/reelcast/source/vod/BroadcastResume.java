package org.reelcast.source.vod;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;

/**
 * Starts the broadcasts again that ran when the server stopped. A film that cannot be had yet, as its store is not up,
 * is tried again until it can.
 */
final class BroadcastResume {
    private static final Logger LOG = Logger.getLogger(BroadcastResume.class.getName());
    private static final long RETRY_S = 10;
    private final BroadcastFiles files;
    private final VodStreams vod;
    private final Readers.Openers openers;
    private final ScheduledExecutorService scheduler;
    private volatile boolean stopped;

    /** @param openers run the tasks, each of which waits for a film to open */
    BroadcastResume(BroadcastFiles files, VodStreams vod, Readers.Openers openers, ScheduledExecutorService scheduler) {
        this.files = files;
        this.vod = vod;
        this.openers = openers;
        this.scheduler = scheduler;
    }

    /** Blocks only to read the list of them. */
    void start() {
        files.load().forEach(broadcast -> attempt(broadcast, true));
    }

    void stop() {
        stopped = true;
    }

    private void attempt(BroadcastFiles.Broadcast broadcast, boolean first) {
        try {
            openers.of(broadcast.uri()).execute(() -> resume(broadcast, first));
        } catch (RejectedExecutionException e) {
            later(broadcast);
        }
    }

    private void resume(BroadcastFiles.Broadcast broadcast, boolean first) {
        if (stopped) {
            return;
        }
        try {
            vod.resume(broadcast);
        } catch (Refusal e) {
            if (VodStreams.FOR_GOOD.contains(e.status())) {
                LOG.warning(() -> broadcast.name() + " does not go on after the restart: " + e.getMessage());
            } else {
                LOG.log(
                        first ? Level.WARNING : Level.FINE,
                        () -> broadcast.name() + " cannot go on yet, and is tried" + " every " + RETRY_S + " s: "
                                + e.getMessage());
                later(broadcast);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> broadcast.name() + " cannot go on yet, and is tried again");
            later(broadcast);
        }
    }

    private void later(BroadcastFiles.Broadcast broadcast) {
        if (!stopped) {
            scheduler.schedule(() -> attempt(broadcast, false), RETRY_S, TimeUnit.SECONDS);
        }
    }
}
