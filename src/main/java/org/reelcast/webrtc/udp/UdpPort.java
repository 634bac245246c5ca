package org.reelcast.webrtc.udp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.reelcast.loop.NettyMediaLoop;
import org.reelcast.loop.OnLoop;

/**
 * A UDP port that a media loop serves. What is sent within a round of the loop leaves with one flush at the round's
 * end, or when a buffer is full; with segmentation where the kernel has it.
 */
public final class UdpPort implements Closeable {
    private final UdpStatistics statistics = new UdpStatistics();
    private final NettyMediaLoop loop;
    private final UdpSocket socket;
    private final BatchSink sink;

    private UdpPort(NettyMediaLoop loop, DatagramHandler handler) {
        this.loop = loop;
        socket = new UdpSocket(loop, handler, statistics);
        sink = new BatchSink(socket, statistics);
    }

    /**
     * Opens the first free port.
     *
     * @param bind     the local address, null for all
     * @param portFrom first port to try; 0 for any free one
     * @param portTo   last port to try
     * @param handler  takes what arrives, on the loop
     * @throws IOException when no port is free; the message is a sentence
     */
    public static UdpPort open(NettyMediaLoop loop, InetAddress bind, int portFrom, int portTo, DatagramHandler handler)
            throws IOException {
        UdpPort port = new UdpPort(loop, handler);
        port.socket.bind(bind, portFrom, portTo);
        return port;
    }

    /** Whose thread serves the port. */
    public NettyMediaLoop loop() {
        return loop;
    }

    /** Sends one datagram; the bytes are copied. Never fails: what cannot be sent is counted. */
    @OnLoop
    public void send(byte[] b, int off, int length, InetSocketAddress to) {
        socket.send(b, off, length, to);
    }

    /** Where a peer's packets go. */
    @OnLoop
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

    /** The number of the port. */
    public int number() {
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

    public UdpStatistics statistics() {
        return statistics;
    }

    /** Closes the socket; waits for it. Not on the loop. */
    @Override
    public void close() {
        socket.close();
    }
}
