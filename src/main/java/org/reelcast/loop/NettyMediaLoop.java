package org.reelcast.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A media loop on Netty: one thread and one queue of deadlines. Sockets may be registered with its event loop.
 *
 * <p>Deadlines are met a little late, many at once. What is written while the loop works through a round (datagrams
 * that arrived, deadlines that came) leaves with one flush at the round's end, see {@link #atRoundEnd}.
 */
public final class NettyMediaLoop implements MediaLoop, Closeable {
    private static final Logger LOG = Logger.getLogger(NettyMediaLoop.class.getName());
    private static final long LOG_INTERVAL_US = 10_000_000;
    /**
     * Deadlines are met on a grid this wide: what falls due within it is sent in one batch, and the thread sleeps in
     * between. A thousand viewers, each with a film of its own, would otherwise wake it thirty thousand times a second.
     */
    private static final long GRID_US = 4_000;

    private final DeadlineQueue deadlines = new DeadlineQueue();
    /** Those to be called before the round ends, in the order in which they asked: nothing to sort. */
    private final Queue<Deadline> soon = new ArrayDeque<>();

    private final LongAdder failures = new LongAdder();
    private final EventLoop eventLoop;
    private final boolean epoll;
    private final Runnable wake = this::wake;
    private Runnable[] flushes = {};
    private boolean wakePosted;
    private long wakeAtUs = Deadline.NEVER;
    private ScheduledFuture<?> wakeTimer;
    private int round;
    private long logAfterUs;

    private NettyMediaLoop(LoopThread thread) {
        eventLoop = thread.eventLoop();
        epoll = thread.isEpoll();
    }

    /** Starts a loop, by epoll where the machine has it. @param name of the thread */
    public static NettyMediaLoop open(String name) {
        return new NettyMediaLoop(LoopThread.best(name));
    }

    /** Starts a loop by NIO, which runs everywhere. @param name of the thread */
    public static NettyMediaLoop nio(String name) {
        return new NettyMediaLoop(LoopThread.nio(name));
    }

    @Override
    public long nowUs() {
        return MonotonicClock.nowUs();
    }

    @Override
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    /** @throws java.util.concurrent.RejectedExecutionException after {@link #close} */
    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    @Override
    public Timer at(long timeUs, Runnable task) {
        TaskTimer timer = new TaskTimer(task);
        if (inLoop()) {
            schedule(timer, timeUs);
        } else {
            execute(() -> schedule(timer, timeUs));
        }
        return timer;
    }

    /**
     * Arms, moves or, with {@link Deadline#NEVER}, disarms a deadline. It is called at its time or up to 4 ms after it.
     */
    @OnLoop
    public void schedule(Deadline deadline, long timeUs) {
        deadlines.set(deadline, timeUs);
        if (round == 0) {
            arm();
        }
    }

    /** Has a deadline called when the work under way is done; it stays armed for what it was. */
    @OnLoop
    public void callSoon(Deadline deadline) {
        if (!deadline.soon) {
            deadline.soon = true;
            soon.add(deadline);
            if (round == 0) {
                arm();
            }
        }
    }

    /** The thread, for sockets that are served by it. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /** Whether its sockets have to be epoll's; otherwise they are NIO's. */
    public boolean isEpoll() {
        return epoll;
    }

    /** Has {@code flush} run at the end of every round. Before the loop has work, or on the loop. */
    public void atRoundEnd(Runnable flush) {
        Runnable[] more = Arrays.copyOf(flushes, flushes.length + 1);
        more[flushes.length] = flush;
        flushes = more;
    }

    /** Whether a round is under way: then what is written leaves at its end. */
    @OnLoop
    public boolean isInRound() {
        return round > 0;
    }

    /** Failures of our own in timers and handlers. */
    @AnyThread
    public long failures() {
        return failures.sum();
    }

    /** Deadlines that wait. */
    @OnLoop
    public int deadlines() {
        return deadlines.size();
    }

    /** Ends the thread; waits for it. Not on the loop. */
    @Override
    public void close() {
        if (!eventLoop.parent().shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10_000)) {
            LOG.warning("A media loop did not end within 10 s");
        }
    }

    /** A round begins, as a socket has datagrams: writes are held back. */
    @OnLoop
    public void begin() {
        round++;
    }

    /** The outermost round ends: everything leaves, and the next deadline is armed. */
    @OnLoop
    public void end() {
        if (--round == 0) {
            for (Runnable flush : flushes) {
                flush.run();
            }
            arm();
        }
    }

    private void wake() {
        wakePosted = false;
        wakeAtUs = Deadline.NEVER;
        begin();
        try {
            long nowUs = nowUs();
            for (Deadline due = next(nowUs); due != null; due = next(nowUs)) {
                try {
                    due.due(nowUs);
                } catch (RuntimeException e) {
                    failed("A timer failed", e);
                }
            }
        } finally {
            // an error must not leave what was written, and all later deadlines, where they are
            end();
        }
    }

    private Deadline next(long nowUs) {
        Deadline first = soon.poll();
        if (first == null) {
            return deadlines.pollDue(nowUs);
        }
        first.soon = false;
        return first;
    }

    /** Counts, and now and then logs, what should not have happened. */
    @OnLoop
    public void failed(String what, RuntimeException e) {
        failures.increment();
        long nowUs = nowUs();
        if (nowUs >= logAfterUs) {
            logAfterUs = nowUs + LOG_INTERVAL_US;
            LOG.log(Level.WARNING, what + "; the next of these are counted, not logged, for 10 s", e);
        }
    }

    private void arm() {
        long next = soon.isEmpty() ? onGrid(deadlines.nextUs()) : 0;
        if (next >= wakeAtUs || wakePosted) {
            return;
        }
        if (wakeTimer != null) {
            wakeTimer.cancel(false);
            wakeTimer = null;
        }
        long delayUs = next - nowUs();
        if (delayUs <= 0) {
            wakePosted = true;
            wakeAtUs = next;
            eventLoop.execute(wake);
        } else {
            wakeAtUs = next;
            wakeTimer = eventLoop.schedule(wake, delayUs, TimeUnit.MICROSECONDS);
        }
    }

    private static long onGrid(long timeUs) {
        return timeUs == Deadline.NEVER ? timeUs : (timeUs + GRID_US - 1) / GRID_US * GRID_US;
    }

    /** A task of {@link #at}. */
    private final class TaskTimer extends Deadline implements Timer {
        private final Runnable task;
        private volatile boolean cancelled;

        private TaskTimer(Runnable task) {
            this.task = task;
        }

        @Override
        protected void due(long nowUs) {
            if (!cancelled) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (inLoop()) {
                schedule(this, NEVER);
            } else if (!eventLoop.isShuttingDown()) {
                execute(() -> schedule(this, NEVER));
            }
        }
    }
}
