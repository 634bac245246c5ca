package org.reelcast.rendition.encoders;

import java.util.PriorityQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.NanoClock;

/**
 * The cores for encoding and the queue for them: whose viewers will run out first comes first. Jobs in the background
 * get a part of the cores only, and rest while others work for viewers.
 */
@AnyThread
final class CoreQueue {
    private static final Logger LOG = Logger.getLogger(CoreQueue.class.getName());
    /** Of the cores, one in so many may make what nobody waits for, one at least. */
    private static final int BACKGROUND_SHARE = 2;
    /** What nobody waits for rests so many times as long as it works, while others encode for viewers: a tenth. */
    private static final int RESTS_WHILE_BUSY = 9;

    private static final long MOST_REST_NS = 1_000_000_000L;
    private static final long BUSY_NS = 2_000_000_000L;

    /** One who queues. */
    interface Place {
        /** See {@link EncoderJob#slackUs}; stays the same in the queue, but for {@link CoreQueue#reorder}. */
        long slackUs();

        /** Whether nobody waits for it. */
        default boolean isInBackground() {
            return slackUs() >= 0;
        }
    }

    private final NanoClock clock;
    private final int cores;
    private final PriorityQueue<Place> queue = new PriorityQueue<>((a, b) -> Long.compare(a.slackUs(), b.slackUs()));
    private final EncoderLoad load = new EncoderLoad();
    private int free;
    private boolean saturatedBefore;
    private long lastForViewersNs;

    CoreQueue(NanoClock clock, int cores) {
        this.clock = clock;
        this.cores = cores;
        this.free = cores;
        this.lastForViewersNs = clock.nowNs() - BUSY_NS;
    }

    /** Cores that what nobody waits for may take at the same time. */
    int backgroundCores() {
        return Math.max(1, cores / BACKGROUND_SHARE);
    }

    /** Takes a core for the calling thread; waits for one. */
    synchronized void take(Place place) {
        long sinceNs = clock.nowNs();
        queue.add(place);
        boolean interrupted = false;
        while (free == 0 || queue.peek() != place || place.isInBackground() && cores - free >= backgroundCores()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        queue.remove();
        free--;
        notifyAll();
        long nowNs = clock.nowNs();
        load.waited(place.slackUs(), nowNs - sinceNs, nowNs);
        lastForViewersNs = place.isInBackground() ? lastForViewersNs : nowNs;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The calling thread needs its core no more. */
    synchronized void giveBack() {
        free++;
        notifyAll();
    }

    /** @param change changes the slack of {@code place}, which may be in the queue */
    synchronized void reorder(Place place, Runnable change) {
        boolean inLine = queue.remove(place);
        change.run();
        if (inLine) {
            queue.add(place);
            notifyAll();
        }
    }

    /** What was encoded came too late for its viewers: for want of a core, if all are at work. */
    synchronized void fellBehind() {
        if (free <= 0) {
            load.fellBehind(clock.nowNs());
        }
    }

    /** Whether there is no time for more, for all that was seen of late. */
    synchronized boolean isSaturated() {
        boolean saturated = load.isSaturated(clock.nowNs());
        if (saturated != saturatedBefore) {
            saturatedBefore = saturated;
            LOG.log(
                    saturated ? Level.WARNING : Level.INFO,
                    saturated
                            ? "The encoders fall behind: viewers of films that are not encoded yet are refused from now on"
                            : "The encoders have time again");
        }
        return saturated;
    }

    /** How long what nobody waits for leaves the cores to others, after it has worked for {@code workedNs}. */
    synchronized long restNs(long workedNs) {
        boolean busy = clock.nowNs() - lastForViewersNs < BUSY_NS;
        return Math.min(MOST_REST_NS, busy ? RESTS_WHILE_BUSY * workedNs : workedNs);
    }
}
