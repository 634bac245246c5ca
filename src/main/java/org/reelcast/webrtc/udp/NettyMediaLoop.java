package org.reelcast.webrtc.udp;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.MonotonicClock;

/**
 * A media loop on Netty: one thread, one datagram socket, one queue of deadlines. Epoll with segmentation where the
 * kernel has it, NIO elsewhere.
 *
 * <p>Deadlines are met a little late, many at once. What is sent while the loop works through a round (datagrams that
 * arrived, deadlines that came) leaves with one flush at the round's end, or when a buffer is full.
 */
public final class NettyMediaLoop implements MediaLoop, Closeable {
    private static final Logger LOG = Logger.getLogger(NettyMediaLoop.class.getName());
    private static final long LOG_INTERVAL_US = 10_000_000;
    /**
     * Deadlines are met on a grid this wide: what falls due within it is sent in one batch, and the thread sleeps in
     * between. A thousand viewers, each with a film of its own, would otherwise wake it thirty thousand times a second.
     */
    private static final long GRID_US = 4_000;

    private final LoopStatistics statistics = new LoopStatistics();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    /** Those to be called before the round ends, in the order in which they asked: nothing to sort. */
    private final Queue<Deadline> soon = new ArrayDeque<>();
    private final EventLoop eventLoop;
    private final UdpSocket socket;
    private final BatchSink sink;
    private final DatagramHandler handler;
    private final Runnable wake = this::wake;
    private boolean wakePosted;
    private long wakeAtUs = Deadline.NEVER;
    private ScheduledFuture<?> wakeTimer;
    private int round;
    private long logAfterUs;

    private NettyMediaLoop(LoopTransport transport, InetAddress bind, int portFrom, int portTo,
            Function<NettyMediaLoop, DatagramHandler> handlers) throws IOException {
        eventLoop = transport.eventLoop();
        socket = new UdpSocket(this, transport, statistics);
        sink = new BatchSink(socket, statistics);
        handler = handlers.apply(this);
        socket.bind(bind, portFrom, portTo);
    }

    /**
     * Opens a loop on the first free port.
     *
     * @param name     of the thread
     * @param bind     the local address, null for all
     * @param portFrom first port to try; 0 for any free one
     * @param portTo   last port to try
     * @param handlers makes the loop's handler
     * @throws IOException when no port is free; the message is a sentence
     */
    public static NettyMediaLoop open(String name, InetAddress bind, int portFrom, int portTo,
            Function<NettyMediaLoop, DatagramHandler> handlers) throws IOException {
        return open(LoopTransport.best(name), bind, portFrom, portTo, handlers);
    }

    static NettyMediaLoop open(LoopTransport transport, InetAddress bind, int portFrom, int portTo,
            Function<NettyMediaLoop, DatagramHandler> handlers) throws IOException {
        try {
            return new NettyMediaLoop(transport, bind, portFrom, portTo, handlers);
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
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
     * On the loop.
     */
    public void schedule(Deadline deadline, long timeUs) {
        deadlines.set(deadline, timeUs);
        if (round == 0) {
            arm();
        }
    }

    /** Has a deadline called when the work under way is done; it stays armed for what it was. On the loop. */
    public void callSoon(Deadline deadline) {
        if (!deadline.soon) {
            deadline.soon = true;
            soon.add(deadline);
            if (round == 0) {
                arm();
            }
        }
    }

    /** Sends one datagram; the bytes are copied. On the loop. Never fails: what cannot be sent is counted. */
    public void send(byte[] b, int off, int length, InetSocketAddress to) {
        socket.send(b, off, length, to);
    }

    /** Where a peer's packets go. On the loop. */
    public BatchSink sink() {
        return sink;
    }

    /** Whether the socket takes more; when it does not, media had better wait. */
    public boolean isWritable() {
        return socket.isWritable();
    }

    /** Whether runs of packets go out in one send. */
    public boolean segments() {
        return socket.segments();
    }

    /** The port the socket is bound to. */
    public int port() {
        return socket.port();
    }

    /** Whether the socket takes IPv6 too. */
    public boolean ipv6() {
        return socket.ipv6();
    }

    /** Bytes the kernel gives to the socket's send and receive queues, for the log. */
    public String buffers() {
        return socket.buffers();
    }

    public LoopStatistics statistics() {
        return statistics;
    }

    /** Deadlines that wait. On the loop. */
    public int deadlines() {
        return deadlines.size();
    }

    /** Closes the socket and ends the thread; waits for both. Not on the loop. */
    @Override
    public void close() {
        socket.close();
        if (!eventLoop.parent().shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10_000)) {
            LOG.warning("A media loop did not end within 10 s");
        }
    }

    /** A round begins: hold sends back. */
    void begin() {
        round++;
    }

    /** Something was written; outside of a round it leaves at once. */
    void written() {
        if (round == 0) {
            socket.flush();
        }
    }

    /** The outermost round ends: everything leaves, and the next deadline is armed. */
    void end() {
        if (--round == 0) {
            socket.flush();
            arm();
        }
    }

    void received(InetSocketAddress from, byte[] b, int length) {
        try {
            handler.received(from, b, length, nowUs());
        } catch (RuntimeException e) {
            failed("A datagram could not be handled", e);
        }
    }

    private void wake() {
        wakePosted = false;
        wakeAtUs = Deadline.NEVER;
        begin();
        long nowUs = nowUs();
        for (Deadline due = next(nowUs); due != null; due = next(nowUs)) {
            try {
                due.due(nowUs);
            } catch (RuntimeException e) {
                failed("A timer failed", e);
            }
        }
        end();
    }

    private Deadline next(long nowUs) {
        Deadline first = soon.poll();
        if (first == null) {
            return deadlines.pollDue(nowUs);
        }
        first.soon = false;
        return first;
    }

    private void failed(String what, RuntimeException e) {
        statistics.handlerErrors.increment();
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
