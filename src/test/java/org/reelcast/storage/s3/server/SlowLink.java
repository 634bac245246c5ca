package org.reelcast.storage.s3.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP proxy that stands for a bad link: it limits the rate over all connections, breaks connections off, and counts
 * what goes through it.
 */
public final class SlowLink implements Closeable {
    private static final int CHUNK = 8192;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesDown = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger breaks = new AtomicInteger();
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long breakAfter = Long.MAX_VALUE;
    private long freeAtNs = System.nanoTime();

    /** @param target the port on this machine that it leads to */
    public SlowLink(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Bytes a second from the server, all connections together. */
    public SlowLink rate(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        return this;
    }

    /** The next so many connections are reset after so many bytes from the server. */
    public SlowLink breakAfter(long bytes, int times) {
        breaks.set(times);
        breakAfter = bytes;
        return this;
    }

    /** Bytes that came from the server, heads of answers included. */
    public long bytesDown() {
        return bytesDown.get();
    }

    public int connections() {
        return connections.get();
    }

    /** The heads of all requests so far; requests have no bodies here. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                sockets.add(client);
                connect(client);
            } catch (IOException e) {
                // closed, or this one connection is lost
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        sockets.add(server);
        daemon(() -> pump(client, server, this::up));
        daemon(() -> pump(server, client, this::down));
    }

    private interface Way {
        void run(Socket from, Socket to) throws IOException;
    }

    private void pump(Socket from, Socket to, Way way) {
        try {
            way.run(from, to);
        } catch (IOException e) {
            reset(to);
        } finally {
            close(from);
            close(to);
        }
    }

    private void up(Socket from, Socket to) throws IOException {
        StringBuilder head = new StringBuilder();
        byte[] buffer = new byte[CHUNK];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            head.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            for (int end = head.indexOf("\r\n\r\n"); end >= 0; end = head.indexOf("\r\n\r\n")) {
                requests.add(head.substring(0, end));
                head.delete(0, end + 4);
            }
            out.write(buffer, 0, n);
        }
    }

    private void down(Socket from, Socket to) throws IOException {
        long sent = 0;
        boolean toBreak = breaks.get() > 0 && breaks.getAndDecrement() > 0;
        long end = toBreak ? breakAfter : Long.MAX_VALUE;
        byte[] buffer = new byte[CHUNK];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int part = (int) Math.min(n, end - sent);
            for (int done = 0; done < part; ) {
                int step = (int) Math.min(part - done, Math.max(1, Math.min(CHUNK, bytesPerSecond / 20)));
                waitForTurn(step);
                bytesDown.addAndGet(step);
                out.write(buffer, done, step);
                done += step;
            }
            sent += part;
            if (sent == end) {
                reset(to);
                return;
            }
        }
    }

    private void waitForTurn(int bytes) {
        long rate = bytesPerSecond;
        if (rate == Long.MAX_VALUE) {
            return;
        }
        long due;
        synchronized (this) {
            freeAtNs = Math.max(freeAtNs, System.nanoTime()) + bytes * 1_000_000_000L / rate;
            due = freeAtNs;
        }
        for (long left = due - System.nanoTime(); left > 0 && !listener.isClosed(); left = due - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 50_000_000));
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            close(socket);
        }
    }

    private static void close(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            // it is over either way
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "slow-link");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(SlowLink::close);
    }
}
