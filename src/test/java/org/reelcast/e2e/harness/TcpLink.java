package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A way for a page's sockets to the server that can be cut and made narrow. */
public final class TcpLink implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final int target;
    private final ServerSocket listener;
    private final List<Socket> fromPage = new CopyOnWriteArrayList<>();
    private final List<Socket> all = new CopyOnWriteArrayList<>();
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long passed;
    private boolean held;

    /** @param target the server's port */
    public TcpLink(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tcp link");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket page = listener.accept();
                page.setSendBufferSize(32 << 10);
                Socket server = new Socket();
                server.setReceiveBufferSize(32 << 10);
                server.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                all.add(page);
                all.add(server);
                fromPage.add(page);
                start(() -> carry(page, server, false));
                start(() -> carry(server, page, true));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void carry(Socket from, Socket to, boolean toPage) {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                awaitRelease();
                out.write(chunk, 0, length);
                if (toPage) {
                    passed += length;
                    if (bytesPerSecond != Long.MAX_VALUE) {
                        LockSupport.parkNanos(length * 1_000_000_000L / bytesPerSecond);
                    }
                }
            }
        } catch (IOException cut) {
            // said by the other side
        }
        close(from);
        close(to);
    }

    private synchronized void awaitRelease() throws IOException {
        try {
            while (held) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Lets nothing through from now on, without an end. */
    public synchronized void hold() {
        held = true;
    }

    /** Lets through what was held, and what comes. */
    public synchronized void release() {
        held = false;
        notifyAll();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the page is to connect to. */
    public String wsUrl() {
        return "ws://localhost:" + listener.getLocalPort();
    }

    /** So much goes to the page from now on. */
    public void narrow(long bitsPerSecond) {
        this.bytesPerSecond = bitsPerSecond / 8;
    }

    /** As wide as can be again. */
    public void widen() {
        bytesPerSecond = Long.MAX_VALUE;
    }

    /** Bytes that went to the page. */
    public long passed() {
        return passed;
    }

    /** How many sockets the page has opened. */
    public int sockets() {
        return fromPage.size();
    }

    /** Cuts the page's newest socket, without a word of WebSocket. */
    public void cutNewest() {
        close(fromPage.get(fromPage.size() - 1));
    }

    @Override
    public void close() {
        release();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach(TcpLink::close);
    }
}
