package org.reelcast.rendition.encoders;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.reelcast.codec.encoders.CodecCapacity;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.NanoClock;

/**
 * The threads that encode, for all jobs together: one a core at work, more when some wait for storage. The pool bounds
 * how many encoders there are, at work or idle, since each has tens of megabytes, and knows whether there is time for
 * another.
 */
@AnyThread
public final class EncoderPool {
    private static final int ENCODERS_A_CORE = 4;
    private static final int IDLE_SECONDS = 10;
    private static final long IDLE_NS = IDLE_SECONDS * 1_000_000_000L;
    /** As fast as one core is, so much of it all are at once. */
    private static final double ALL_CORES = 0.85;
    /** For all that viewers wait for together; the rest sends. */
    private static final double MOST_OF_EACH_CORE = 0.85;

    private final NanoClock clock;
    private final int threads;
    private final int mostEncoders;
    private final Executor executor;
    private final CoreQueue cores;
    private final Count count = new Count();
    private volatile double speed = 1;
    /** Of all cores, the share that others keep busy. */
    private volatile DoubleSupplier others = () -> 0;

    // guarded by this
    private int encoders;
    private final Set<EncoderSlot> started = new HashSet<>();
    /** Idle for longest first. */
    private final Set<EncoderSlot> idle = new LinkedHashSet<>();

    /** @param threads that encode at the same time, one a core */
    public EncoderPool(NanoClock clock, int threads) {
        this(clock, threads, threads(threads * ENCODERS_A_CORE));
    }

    /** @param executor runs steps, which may wait for each other */
    EncoderPool(NanoClock clock, int threads, Executor executor) {
        this.clock = clock;
        this.threads = threads;
        this.mostEncoders = threads * ENCODERS_A_CORE;
        this.executor = executor;
        this.cores = new CoreQueue(clock, threads);
    }

    private static Executor threads(int count) {
        AtomicInteger names = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "reelcast-encoder-" + names.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Jobs that encode at the same time. */
    public int threads() {
        return threads;
    }

    /** Of the threads, what nobody waits for may take so many. */
    public int backgroundThreads() {
        return cores.backgroundCores();
    }

    /** A core here is {@code speed} times as fast as those for which the costs of {@link Workload}s are known. */
    public void measured(double speed) {
        this.speed = Math.max(1, ALL_CORES * speed);
    }

    /** The cores are shared with whoever is charged for them there. */
    public void shareWith(CodecCapacity capacity) {
        others = capacity::chargedShare;
        capacity.alsoBusy(this::busyShare);
    }

    /** Of all cores, the share that what viewers wait for keeps busy, 0 to 1 and more. */
    private synchronized double busyShare() {
        long nowNs = clock.nowNs();
        double busy = 0;
        for (EncoderSlot slot : started) {
            busy += slot.job().isWantedAt(nowNs) ? slot.job().workload().cores() : 0;
        }
        return busy / power();
    }

    /** What all cores encode, in cores of speed 1. */
    public double power() {
        return threads * speed;
    }

    /**
     * A place for another job: an idle one goes if it must.
     *
     * @throws IOException when all that there may be are at work; the message is a clause
     */
    public EncoderSlot reserve() throws IOException {
        while (true) {
            EncoderSlot oldest;
            synchronized (this) {
                if (encoders < mostEncoders) {
                    encoders++;
                    return new EncoderSlot(clock, cores, executor, count);
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

    /**
     * Whether there is time for one more job of {@code more} beside all that viewers wait for.
     *
     * @param instead is encoded no more then
     */
    public synchronized boolean hasTime(Workload more, Workload instead) {
        long nowNs = clock.nowNs();
        double busy = others.getAsDouble() * power();
        int places = 0;
        for (EncoderSlot slot : started) {
            Workload each = slot.job().workload();
            if (slot.job().isWantedAt(nowNs) && each == more) {
                places++;
            } else if (slot.job().isWantedAt(nowNs) && each != instead) {
                busy += each.cores();
            }
        }
        // a viewer who seeks leaves one behind
        busy += Math.max(0, places - 1) * more.cores();
        return busy + more.cores() <= power() * MOST_OF_EACH_CORE;
    }

    /** What was encoded came too late for its viewers: for want of a core, if all are at work. */
    public void fellBehind() {
        cores.fellBehind();
    }

    /** Whether there is no time for more, for all that was seen of late. */
    public boolean isSaturated() {
        return cores.isSaturated();
    }

    /** Encoders there are, at work or idle. */
    public synchronized int encoders() {
        return encoders;
    }

    /** Of those, the ones that have something to do. */
    public synchronized int encodersAtWork() {
        return encoders - idle.size();
    }

    /** Keeps count of the slots. */
    private final class Count implements EncoderSlot.Listener {
        @Override
        public void onStarted(EncoderSlot slot) {
            synchronized (EncoderPool.this) {
                started.add(slot);
            }
        }

        @Override
        public void onBusy(EncoderSlot slot) {
            synchronized (EncoderPool.this) {
                idle.remove(slot);
            }
        }

        /** Unless that changes, the job ends in {@value #IDLE_SECONDS} seconds. */
        @Override
        public void onIdle(EncoderSlot slot, long sinceNs) {
            synchronized (EncoderPool.this) {
                idle.add(slot);
            }
            clock.at(sinceNs + IDLE_NS, () -> slot.closeIfIdleSince(sinceNs));
        }

        @Override
        public void onLeft(EncoderSlot slot) {
            synchronized (EncoderPool.this) {
                encoders--;
                started.remove(slot);
                idle.remove(slot);
            }
        }
    }
}
