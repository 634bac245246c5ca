package org.reelcast.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A way between one browser and the server that loses, delays and is narrow, as told; packets of both directions take
 * it. The page's answers are changed so that its media come here ({@code badlink.js}).
 */
public final class BadLink implements AutoCloseable {
    private static final String SCRIPT = "/e2e/badlink.js";
    private static final int MAX_PACKET = 2048;
    private static final int SOCKET_BUFFER = 4 << 20;

    private final Selector selector;
    private final DatagramChannel browserSide;
    private final DatagramChannel serverSide;
    private final PriorityQueue<Packet> onTheWay =
            new PriorityQueue<>(Comparator.comparingLong(Packet::dueNs).thenComparingLong(Packet::number));
    private final Random random = new Random(4);
    private final Thread thread = new Thread(this::run, "bad link");
    private SocketAddress browser;
    private final long[] freeNs = {System.nanoTime(), System.nanoTime()};
    private long number;
    private volatile double loss;
    private volatile long delayNs;
    private volatile long bitsPerSecond = Long.MAX_VALUE;
    private volatile long bitsPerSecondBack = Long.MAX_VALUE;
    /** What waits longer than this at the narrow place is dropped, as routers do. */
    private volatile long maxQueueNs = 300_000_000;

    private volatile long lost;

    private record Packet(byte[] bytes, boolean toServer, long dueNs, long number) {}

    /** A way that is good as yet, for what the page does from now on. */
    public BadLink(MeasuredPage page) {
        try {
            selector = Selector.open();
            browserSide = open();
            serverSide = open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page.page().exposeFunction("reelcastRelay", arguments -> lead(((Number) arguments[0]).intValue()));
        page.addScript(SCRIPT);
        // and in what it loads next
        page.page().addInitScript(Chromium.resource(SCRIPT));
        thread.setDaemon(true);
        thread.start();
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        return channel;
    }

    /** Leads to that port of the server from now on. @return the port of the way's near end */
    private synchronized int lead(int serverPort) {
        try {
            if (!serverSide.isConnected()) {
                serverSide.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
                selector.wakeup();
                serverSide.register(selector, SelectionKey.OP_READ);
                browserSide.register(selector, SelectionKey.OP_READ);
            }
            return ((InetSocketAddress) browserSide.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param part of the packets that never arrive, 0 to 1 */
    public BadLink loses(double part) {
        loss = part;
        return this;
    }

    public BadLink delays(int ms) {
        delayNs = ms * 1_000_000L;
        return this;
    }

    /** How much gets through from browser to server. */
    public BadLink carries(long bits) {
        bitsPerSecond = bits;
        return this;
    }

    /** How much gets through from server to browser. */
    public BadLink brings(long bits) {
        bitsPerSecondBack = bits;
        return this;
    }

    /** How long packets may wait at the narrow place before they are dropped. */
    public BadLink queues(int ms) {
        maxQueueNs = ms * 1_000_000L;
        return this;
    }

    /** Packets lost so far, for whatever reason. */
    public long lost() {
        return lost;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_PACKET);
        try {
            while (selector.isOpen()) {
                long waitNs = onTheWay.isEmpty() ? 100_000_000 : onTheWay.peek().dueNs - System.nanoTime();
                if (waitNs > 0) {
                    selector.select(Math.max(1, waitNs / 1_000_000));
                } else {
                    selector.selectNow();
                }
                selector.selectedKeys().clear();
                take(buffer);
                deliver();
            }
        } catch (ClosedSelectorException e) {
            // the end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ByteBuffer buffer) throws IOException {
        for (SocketAddress from; (from = browserSide.receive(buffer.clear())) != null; ) {
            browser = from;
            send(buffer.flip(), true);
        }
        while (serverSide.isConnected() && serverSide.receive(buffer.clear()) != null) {
            send(buffer.flip(), false);
        }
    }

    private void send(ByteBuffer bytes, boolean toServer) {
        long nowNs = System.nanoTime();
        long leavesNs = nowNs;
        long bits = toServer ? bitsPerSecond : bitsPerSecondBack;
        int way = toServer ? 1 : 0;
        long lastsNs = bits < Long.MAX_VALUE ? bytes.remaining() * 8_000_000_000L / bits : 0;
        if (lastsNs > 0) {
            freeNs[way] = Math.max(freeNs[way], nowNs) + lastsNs;
            leavesNs = freeNs[way];
        }
        if (random.nextDouble() < loss || leavesNs - nowNs > maxQueueNs) {
            freeNs[way] -= lastsNs;
            lost++;
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        onTheWay.add(new Packet(copy, toServer, leavesNs + delayNs, number++));
    }

    private void deliver() throws IOException {
        long nowNs = System.nanoTime();
        while (!onTheWay.isEmpty() && onTheWay.peek().dueNs <= nowNs) {
            Packet packet = onTheWay.remove();
            if (packet.toServer) {
                serverSide.write(ByteBuffer.wrap(packet.bytes));
            } else if (browser != null) {
                browserSide.send(ByteBuffer.wrap(packet.bytes), browser);
            }
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            thread.join();
            browserSide.close();
            serverSide.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
