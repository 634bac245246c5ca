package org.reelcast.webrtc.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link between a viewer and the server that carries so many bits a second towards the viewer and queues so many
 * milliseconds of them; what does not fit is lost. What the viewer sends goes through at once. The viewer gets an
 * answer that leads here.
 */
public final class NarrowLink implements Closeable {
    private static final Pattern CANDIDATE =
            Pattern.compile("(a=candidate:\\S+ \\d+ udp \\d+ )(\\S+) (\\d+)( typ host)", Pattern.CASE_INSENSITIVE);

    private record Waiting(byte[] bytes, long leavesNs) {}

    private final DatagramSocket viewerSide;
    private final DatagramSocket serverSide;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final long queueNs;
    private volatile long bitsPerSecond;
    private volatile SocketAddress viewer;
    private volatile InetSocketAddress server;
    private volatile long lost;

    /** @param bitsPerSecond towards the viewer, headers of UDP and IP not counted */
    public NarrowLink(long bitsPerSecond, long queueMs) throws IOException {
        this.bitsPerSecond = bitsPerSecond;
        this.queueNs = queueMs * 1_000_000;
        // on one address, or answers would leave from another than the viewer asked
        viewerSide = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        serverSide = new DatagramSocket();
        start("up", this::up);
        start("down", this::down);
        start("out", this::out);
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, "narrow-link-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer with the link's address in place of the server's. */
    public String through(String answer) {
        Matcher first = CANDIDATE.matcher(answer);
        if (!first.find()) {
            throw new IllegalArgumentException("no candidates in " + answer);
        }
        server = new InetSocketAddress(first.group(2), Integer.parseInt(first.group(3)));
        return CANDIDATE
                .matcher(answer)
                .replaceAll(
                        "$1" + viewerSide.getLocalAddress().getHostAddress() + " " + viewerSide.getLocalPort() + "$4");
    }

    /** From now on it carries so much. */
    public void carry(long newBitsPerSecond) {
        bitsPerSecond = newBitsPerSecond;
    }

    /** Packets towards the viewer that did not fit. */
    public long lost() {
        return lost;
    }

    private void up() {
        byte[] b = new byte[2048];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(b, b.length);
                viewerSide.receive(packet);
                viewer = packet.getSocketAddress();
                if (server != null) {
                    serverSide.send(new DatagramPacket(b, packet.getLength(), server));
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    private void down() {
        byte[] b = new byte[2048];
        long leavesNs = System.nanoTime();
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(b, b.length);
                serverSide.receive(packet);
                long nowNs = System.nanoTime();
                if (leavesNs - nowNs > queueNs) {
                    lost++;
                    continue;
                }
                leavesNs = Math.max(leavesNs, nowNs) + packet.getLength() * 8_000_000_000L / bitsPerSecond;
                queue.add(new Waiting(Arrays.copyOf(b, packet.getLength()), leavesNs));
            }
        } catch (IOException e) {
            close();
        }
    }

    private void out() {
        try {
            while (!viewerSide.isClosed()) {
                Waiting next = queue.take();
                long waitNs = next.leavesNs() - System.nanoTime();
                if (waitNs > 0) {
                    Thread.sleep(waitNs / 1_000_000, (int) (waitNs % 1_000_000));
                }
                viewerSide.send(new DatagramPacket(next.bytes(), next.bytes().length, viewer));
            }
        } catch (IOException e) {
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        viewerSide.close();
        serverSide.close();
        queue.add(new Waiting(new byte[0], 0));
    }
}
