package org.reelcast.boot;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends the process when it has run out of memory or threads, so that whoever watches over it starts it anew. Java goes on
 * then, without the threads that it struck: a server that seems to live and serves nobody. An option of Java does the
 * same for the heap alone, and has to be given.
 *
 * <p>It learns of it from threads that end, from what is logged, and by asking for a little memory and a thread every other
 * second; and it takes it for the same when next to all time goes into collecting garbage.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
    /** As Java's own {@code ExitOnOutOfMemoryError}. */
    static final int STATUS = 3;

    private static final Logger LOG = Logger.getLogger("Reelcast");
    private static final int RESERVE = 1 << 20;
    /** No humongous object of G1, whatever the heap. */
    private static final int PROBE = 200_000;

    private static final long INTERVAL_MS = 2_000;
    private static final long LAST_WORDS_MS = 5_000;
    private static final long WINDOW_MS = 60_000;
    private static final double MOST_GARBAGE = 0.9;
    private static final int MAX_CAUSES = 20;

    private static volatile LastResort current;

    private final IntConsumer halt;
    private final LongSupplier nowMs;
    private final LongSupplier garbageMs;
    private final Runnable thread;
    private long windowMs;
    private long windowGarbageMs;
    /** Room to say why. */
    @SuppressWarnings("UnusedVariable")
    private byte[] reserve = new byte[RESERVE];

    private Throwable reason;
    private boolean told;
    /** What was asked for last: or the compiler would leave it out. */
    @SuppressWarnings("UnusedVariable")
    private volatile byte[] probe;

    /** @param thread starts a thread that ends at once, to see that there is one to be had */
    LastResort(IntConsumer halt, LongSupplier nowMs, LongSupplier garbageMs, Runnable thread) {
        this.halt = halt;
        this.nowMs = nowMs;
        this.garbageMs = garbageMs;
        this.thread = thread;
        windowMs = nowMs.getAsLong();
        windowGarbageMs = garbageMs.getAsLong();
    }

    /** Watches over this process from now on. */
    static void start() {
        LastResort last = new LastResort(
                Runtime.getRuntime()::halt,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                LastResort::collectionMs,
                () -> new Thread(() -> {}, "last-resort-probe").start());
        current = last;
        Thread.setDefaultUncaughtExceptionHandler(last);
        Thread watch = new Thread(last::watch, "last-resort");
        watch.setDaemon(true);
        watch.start();
    }

    /** Time in which the collector has kept everything else waiting. */
    private static long collectionMs() {
        long ms = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = collector.getName();
            ms += name.contains("Concurrent") || name.contains("Cycles")
                    ? 0
                    : Math.max(0, collector.getCollectionTime());
        }
        return ms;
    }

    /** Something was logged. */
    static void logged(Throwable thrown) {
        LastResort last = current;
        Throwable fatal = fatal(thrown);
        if (last != null && fatal != null) {
            last.end(fatal);
        }
    }

    /**
     * What says, among the causes, that the machine itself has failed; null when nothing does. A stack that is too deep is
     * the fault of what was done on it.
     */
    static Throwable fatal(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        Throwable fatal = fatal(thrown);
        if (fatal != null) {
            end(fatal);
        } else {
            LOG.log(Level.SEVERE, "Thread " + thread.getName() + " ended by an unexpected error", thrown);
        }
    }

    private void watch() {
        while (true) {
            synchronized (this) {
                if (reason == null) {
                    try {
                        wait(INTERVAL_MS);
                    } catch (InterruptedException e) {
                        // nobody does
                        return;
                    }
                }
            }
            check();
        }
    }

    /** Looks whether there are memory and threads, and says the last words if there are any. */
    void check() {
        try {
            probe = new byte[PROBE];
            thread.run();
            long now = nowMs.getAsLong();
            if (now - windowMs >= WINDOW_MS) {
                long garbage = garbageMs.getAsLong();
                if (garbage - windowGarbageMs > MOST_GARBAGE * (now - windowMs)) {
                    note(new OutOfMemoryError("the heap is full, all time goes into collecting garbage"));
                }
                windowMs = now;
                windowGarbageMs = garbage;
            }
        } catch (OutOfMemoryError e) {
            note(e);
        }
        if (isOver()) {
            tell();
        }
    }

    private synchronized boolean isOver() {
        return reason != null;
    }

    private synchronized void note(Throwable why) {
        if (reason == null) {
            reason = why;
            reserve = null;
        }
        notifyAll();
    }

    private void tell() {
        try {
            LOG.severe("The process ends, as it cannot go on: " + reason);
        } finally {
            synchronized (this) {
                told = true;
                notifyAll();
            }
            halt.accept(STATUS);
        }
    }

    /** Has the watching thread end the process; where that one cannot, does it itself. */
    private void end(Throwable why) {
        synchronized (this) {
            boolean first = reason == null;
            note(why);
            if (!first) {
                return;
            }
            long endMs = nowMs.getAsLong() + LAST_WORDS_MS;
            for (long left = LAST_WORDS_MS; !told && left > 0; left = endMs - nowMs.getAsLong()) {
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    break;
                }
            }
        }
        halt.accept(STATUS);
    }
}
