package org.reelcast.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.reelcast.bench.linux.Libc;
import org.reelcast.bench.linux.NativeMemory;

/**
 * One thread with all sockets of the load. It looks once a millisecond, as times of arrival come from the kernel: many
 * packets are taken by few calls.
 */
final class LoadLoop implements Closeable {
    private static final int EVENTS = 512;
    /** {@code struct epoll_event} is packed on x86 alone. */
    private static final boolean PACKED = List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

    private static final int EVENT = PACKED ? 12 : 16;
    private static final int EVENT_DATA = PACKED ? 4 : 8;
    private static final long PAUSE_NS = 1_000_000;
    private static final long TICK_US = 10_000;
    private static final int KERNEL_BUFFER = 2 << 20;

    private final boolean runs;
    private final Burst burst;
    private final int epoll = Libc.epoll_create1(0);
    private final NativeMemory events = NativeMemory.of(EVENTS * EVENT);
    private final List<LoadSocket> sockets = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "load");
    private volatile boolean closed;

    /** @param runs whether segmented runs are taken whole (UDP_GRO), which spares the sender's side of loopback too */
    LoadLoop(boolean runs) {
        this.runs = runs;
        burst = new Burst(runs);
        thread.setDaemon(true);
        thread.start();
    }

    /** What a socket's owner does on the loop's thread. */
    interface Owner extends DatagramTaker {

        /** About every ten milliseconds. */
        void tick(long nowUs);
    }

    /** Opens a socket on any free port; it sends from the address it sends to, as Janus takes none from loopback. */
    LoadSocket open(Owner owner) throws IOException {
        int fd = Libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_NONBLOCK, 0);
        NativeMemory memory = NativeMemory.of(NativeMemory.ADDRESS)
                .put(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 0));
        if (fd < 0 || Libc.bind(fd, memory.address(), NativeMemory.ADDRESS) < 0) {
            throw new IOException("No socket for one more viewer");
        }
        option(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, KERNEL_BUFFER);
        option(fd, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, 1);
        if (runs) {
            option(fd, Libc.SOL_UDP, Libc.UDP_GRO, 1);
        }
        LoadSocket socket = new LoadSocket(fd, owner);
        execute(() -> add(socket));
        return socket;
    }

    private static void option(int fd, int level, int name, int value) throws IOException {
        NativeMemory memory = NativeMemory.of(4);
        memory.bytes().putInt(0, value);
        if (Libc.setsockopt(fd, level, name, memory.address(), 4) < 0) {
            throw new IOException("The kernel refuses socket option " + level + "/" + name);
        }
    }

    private void add(LoadSocket socket) {
        NativeMemory event = NativeMemory.of(16);
        int place = free.isEmpty() ? sockets.size() : free.pop();
        event.bytes().putInt(0, Libc.EPOLLIN).putInt(EVENT_DATA, place);
        if (place == sockets.size()) {
            sockets.add(socket);
        } else {
            sockets.set(place, socket);
        }
        Libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD, socket.fd(), event.address());
    }

    /** Closes a socket on the loop's thread; its place is another one's from then on. */
    void close(LoadSocket socket) {
        execute(() -> {
            int place = sockets.indexOf(socket);
            if (place >= 0 && !socket.isClosed()) {
                socket.close();
                free.push(place);
            }
        });
    }

    /** Runs a task on the loop's thread, within a few milliseconds. */
    void execute(Runnable task) {
        tasks.add(task);
    }

    private void run() {
        long tickUs = 0;
        while (!closed) {
            int ready = Libc.epoll_wait(epoll, events.address(), EVENTS, 1);
            take(ready);
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            long nowUs = WallClock.nowUs();
            if (nowUs - tickUs >= TICK_US) {
                tickUs = nowUs;
                tick(nowUs);
            }
            if (ready < EVENTS) {
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        sockets.forEach(LoadSocket::close);
        Libc.close(epoll);
    }

    private void take(int ready) {
        ByteBuffer b = events.bytes();
        for (int i = 0; i < ready; i++) {
            LoadSocket socket = sockets.get(b.getInt(i * EVENT + EVENT_DATA));
            if (!socket.isClosed()) {
                taken(socket);
            }
        }
    }

    /** One viewer's failure is its own. */
    private void taken(LoadSocket socket) {
        try {
            burst.take(socket.fd(), socket.owner());
        } catch (RuntimeException e) {
            e.printStackTrace();
        }
    }

    private void tick(long nowUs) {
        for (LoadSocket socket : sockets) {
            if (!socket.isClosed()) {
                socket.owner().tick(nowUs);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
