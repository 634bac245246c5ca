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
    private final PriorityQueue<SegmentEncoder> waiting = new PriorityQueue<>();
    private int freeCores;
    private final int maxEncoders;
    private final ThreadPoolExecutor executor;
    private final Set<SegmentEncoder> idle = new LinkedHashSet<>();
    private final EncoderLoad load = new EncoderLoad();
    private final Backlog backlog = new Backlog();
    private boolean saturatedBefore;
    private long lastForViewersNs = System.nanoTime() - BUSY_NS;
    private int encoders;
    private volatile double speed = 1;
    private final Set<SegmentEncoder> all = new HashSet<>();

    EncoderPool(int threads) {
        this.threads = threads;
        this.freeCores = threads;
        this.maxEncoders = threads * ENCODERS_A_CORE;
        AtomicInteger names = new AtomicInteger();
        executor = new ThreadPoolExecutor(maxEncoders, maxEncoders, IDLE_SECONDS, TimeUnit.SECONDS,
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

    /** A core here is {@code speed} times as fast as those for which {@link ReductionStep} knows the cost. */
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

    /**
     * The calling thread, which is {@code encoder}'s, needs a core from here on; waits for one, the most urgent first.
     */
    synchronized void work(SegmentEncoder encoder) {
        long sinceNs = System.nanoTime();
        waiting.add(encoder);
        boolean interrupted = false;
        while (freeCores == 0 || waiting.peek() != encoder
                || encoder.isInBackground() && threads - freeCores >= backgroundThreads()) {
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
        load.waited(encoder.slackUs(), nowNs - sinceNs, nowNs);
        lastForViewersNs = encoder.isInBackground() ? lastForViewersNs : nowNs;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody waits for {@code encoder} now. @param change changes its slack, by which it is in line */
    synchronized void hurry(SegmentEncoder encoder, Runnable change) {
        boolean inLine = waiting.remove(encoder);
        change.run();
        if (inLine) {
            waiting.add(encoder);
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

    /** {@code encoder} is one of the pool's. */
    synchronized void opened(SegmentEncoder encoder) {
        all.add(encoder);
    }

    /**
     * Whether there is time to encode {@code film} from another place on, for viewers.
     *
     * @param instead the same film, which is encoded no more then
     */
    synchronized boolean hasTime(ReencodedTrack film, ReencodedTrack instead) {
        long nowNs = System.nanoTime();
        double busy = 0;
        int places = 0;
        for (SegmentEncoder encoder : all) {
            if (encoder.isWantedAt(nowNs) && encoder.track() == film) {
                places++;
            } else if (encoder.isWantedAt(nowNs) && encoder.track() != instead) {
                busy += encoder.track().cores();
            }
        }
        // a viewer who seeks leaves one behind
        busy += Math.max(0, places - 1) * film.cores();
        return busy + film.cores() <= power() * MOST_OF_EACH_CORE;
    }

    /** @param restNs until it goes on */
    void execute(SegmentEncoder encoder, long restNs) {
        Executor when = restNs == 0 ? executor
                : CompletableFuture.delayedExecutor(restNs, TimeUnit.NANOSECONDS, executor);
        when.execute(encoder);
    }

    /** Makes room for another encoder: an idle one goes if it must. */
    void open() throws IOException {
        while (true) {
            SegmentEncoder oldest;
            synchronized (this) {
                if (encoders < maxEncoders) {
                    encoders++;
                    return;
                }
                if (idle.isEmpty()) {
                    throw new IOException(encoders + " films or places are re-encoded already");
                }
                oldest = idle.iterator().next();
                idle.remove(oldest);
            }
            oldest.closeIfIdle();
        }
    }

    /** The room is not needed after all. */
    synchronized void cancel() {
        encoders--;
    }

    /** An encoder is gone. */
    synchronized void closed(SegmentEncoder encoder) {
        encoders--;
        all.remove(encoder);
        idle.remove(encoder);
    }

    /** {@code encoder} has nothing to do: unless that changes it is closed in {@value #IDLE_SECONDS} seconds. */
    void idle(SegmentEncoder encoder) {
        synchronized (this) {
            idle.add(encoder);
        }
        Executor later = CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS, Runnable::run);
        long since = encoder.idleSince();
        later.execute(() -> encoder.closeIfIdleSince(since));
    }

    synchronized void busy(SegmentEncoder encoder) {
        idle.remove(encoder);
    }

    /** Encoders there are, at work or idle. */
    synchronized int encoders() {
        return encoders;
    }
}
