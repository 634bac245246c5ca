package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The threads that encode pictures, for all films together: one a core at work, more when some wait for storage. Whose
 * viewers will run out of pictures first comes first. Also bounds how many encoders there are, running or waiting: each
 * has tens of megabytes.
 */
final class EncoderPool {
    private static final Logger LOG = Logger.getLogger(EncoderPool.class.getName());
    private static final int ENCODERS_A_CORE = 4;
    private static final int IDLE_SECONDS = 10;
    /** Of the cores, one in so many may make what nobody waits for, one at least. */
    private static final int BACKGROUND_SHARE = 2;
    /** What nobody waits for rests so many times as long as it works, while others encode for viewers: a tenth. */
    private static final int RESTS_WHILE_BUSY = 9;
    /** As fast as one core is, so much of it all are at once. */
    private static final double ALL_CORES = 0.85;
    private static final long MOST_REST_NS = 1_000_000_000L;
    private static final long BUSY_NS = 2_000_000_000L;
    /** For all that viewers wait for together; the rest sends. */
    private static final double MOST_OF_EACH_CORE = 0.85;

    private final int threads;
    private final PriorityQueue<BFreeRun> waiting = new PriorityQueue<>();
    private int freeCores;
    private final int maxRuns;
    private final ThreadPoolExecutor executor;
    private final Set<BFreeRun> idle = new LinkedHashSet<>();
    private final EncoderLoad load = new EncoderLoad();
    private final Backlog backlog = new Backlog();
    private boolean saturatedBefore;
    private long lastForViewersNs = System.nanoTime() - BUSY_NS;
    private int runs;
    private volatile double speed = 1;
    private final Set<BFreeRun> all = new HashSet<>();

    EncoderPool(int threads) {
        this.threads = threads;
        this.freeCores = threads;
        this.maxRuns = threads * ENCODERS_A_CORE;
        AtomicInteger names = new AtomicInteger();
        executor = new ThreadPoolExecutor(maxRuns, maxRuns, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "reelcast-encoder-" + names.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /** Pictures that are encoded at the same time. */
    int threads() {
        return threads;
    }

    /** Each of them on a core that is {@code speed} times as fast as those for which {@link Scale} knows the cost. */
    void measured(double speed) {
        this.speed = Math.max(1, ALL_CORES * speed);
    }

    /** What it encodes, in such cores. */
    double power() {
        return threads * speed;
    }

    /** Of its threads, what nobody waits for may take so many. */
    int backgroundThreads() {
        return Math.max(1, threads / BACKGROUND_SHARE);
    }

    /** Films that are made for later viewers. */
    Backlog backlog() {
        return backlog;
    }

    /** The calling thread, which is {@code run}'s, needs a core from here on; waits for one, the most urgent first. */
    synchronized void work(BFreeRun run) {
        long sinceNs = System.nanoTime();
        waiting.add(run);
        boolean interrupted = false;
        while (freeCores == 0 || waiting.peek() != run
                || run.isInBackground() && threads - freeCores >= backgroundThreads()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.remove();
        freeCores--;
        notifyAll();
        long nowNs = System.nanoTime();
        load.waited(run.slackUs(), nowNs - sinceNs, nowNs);
        lastForViewersNs = run.isInBackground() ? lastForViewersNs : nowNs;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody waits for {@code run} now. @param change changes its slack, by which it is in line */
    synchronized void hurry(BFreeRun run, Runnable change) {
        boolean inLine = waiting.remove(run);
        change.run();
        if (inLine) {
            waiting.add(run);
            notifyAll();
        }
    }

    /** The calling thread may wait for something else now. */
    synchronized void rest() {
        freeCores++;
        notifyAll();
    }

    /** Pictures came too late for a film's viewers: for want of a core, if all are at work. */
    synchronized void fellBehind() {
        if (freeCores <= 0) {
            load.fellBehind(System.nanoTime());
        }
    }

    /** Whether there is no time for another film. */
    synchronized boolean isSaturated() {
        boolean saturated = load.isSaturated(System.nanoTime());
        if (saturated != saturatedBefore) {
            saturatedBefore = saturated;
            LOG.log(saturated ? Level.WARNING : Level.INFO, saturated
                    ? "The encoders fall behind: viewers of films that are not encoded yet are refused from now on"
                    : "The encoders have time again");
        }
        return saturated;
    }

    /** How long what nobody waits for leaves the cores to others, after it has worked for {@code workedNs}. */
    synchronized long restNs(long workedNs) {
        boolean busy = System.nanoTime() - lastForViewersNs < BUSY_NS;
        return Math.min(MOST_REST_NS, busy ? RESTS_WHILE_BUSY * workedNs : workedNs);
    }

    /** {@code run} is one of the pool's. */
    synchronized void opened(BFreeRun run) {
        all.add(run);
    }

    /**
     * Whether there is time to encode {@code film} from another place on, for viewers.
     *
     * @param instead the same film, which is encoded no more then
     */
    synchronized boolean hasTime(BFreeTrack film, BFreeTrack instead) {
        long nowNs = System.nanoTime();
        double busy = 0;
        int places = 0;
        for (BFreeRun run : all) {
            if (run.isWantedAt(nowNs) && run.track() == film) {
                places++;
            } else if (run.isWantedAt(nowNs) && run.track() != instead) {
                busy += run.track().cores();
            }
        }
        // a viewer who seeks leaves one behind
        busy += Math.max(0, places - 1) * film.cores();
        return busy + film.cores() <= power() * MOST_OF_EACH_CORE;
    }

    /** @param restNs until it goes on */
    void execute(BFreeRun run, long restNs) {
        Executor when = restNs == 0 ? executor
                : CompletableFuture.delayedExecutor(restNs, TimeUnit.NANOSECONDS, executor);
        when.execute(run);
    }

    /** Makes room for another run: an idle one goes if it must. */
    void open() throws IOException {
        while (true) {
            BFreeRun oldest;
            synchronized (this) {
                if (runs < maxRuns) {
                    runs++;
                    return;
                }
                if (idle.isEmpty()) {
                    throw new IOException(runs + " films or places are re-encoded already");
                }
                oldest = idle.iterator().next();
                idle.remove(oldest);
            }
            oldest.closeIfIdle();
        }
    }

    /** The room is not needed after all. */
    synchronized void cancel() {
        runs--;
    }

    /** A run is gone. */
    synchronized void closed(BFreeRun run) {
        runs--;
        all.remove(run);
        idle.remove(run);
    }

    /** {@code run} has nothing to do: unless that changes it is closed in {@value #IDLE_SECONDS} seconds. */
    void idle(BFreeRun run) {
        synchronized (this) {
            idle.add(run);
        }
        Executor later = CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS, Runnable::run);
        long since = run.idleSince();
        later.execute(() -> run.closeIfIdleSince(since));
    }

    synchronized void busy(BFreeRun run) {
        idle.remove(run);
    }

    /** Runs there are, at work or idle. */
    synchronized int runs() {
        return runs;
    }
}
