package org.reelcast.webrtc.udp;

import java.net.InetSocketAddress;
import org.reelcast.rtp.PacketSink;

/**
 * Encrypts a peer's packets where they were written and sends runs of equal length at once. A run ends with a packet
 * that is shorter (it still rides along), before one that is longer, and at the kernel's limits. One a loop; between
 * {@link #begin} and {@link #flush} it belongs to one peer.
 */
public final class BatchSink implements PacketSink {
    /** UDP_MAX_SEGMENTS of older kernels. */
    static final int MAX_SEGMENTS = 64;
    /** The payload that fits the length field of an IPv4 datagram before it is segmented. */
    static final int MAX_RUN = 65_507;

    private static final int CAPACITY = MAX_RUN + 4096;

    private final DatagramOut out;
    private final UdpStatistics statistics;
    private byte[] array = new byte[CAPACITY];
    private PacketProtection protection;
    private InetSocketAddress to;
    private int start;
    private int end;
    private int segment;
    private int segments;

    BatchSink(DatagramOut out, UdpStatistics statistics) {
        this.out = out;
        this.statistics = statistics;
    }

    /** From here to {@link #flush} all packets are this peer's. */
    public BatchSink begin(PacketProtection peer, InetSocketAddress address) {
        protection = peer;
        to = address;
        return this;
    }

    @Override
    public byte[] array() {
        return array;
    }

    @Override
    public int reserve(int length) {
        int need = length + PacketProtection.MAX_OVERHEAD;
        if (segments == 0) {
            start = 0;
            end = 0;
        }
        if (end + need > array.length) {
            sendRun();
            start = 0;
            end = 0;
        }
        if (need > array.length) {
            array = new byte[need];
        }
        return end;
    }

    @Override
    public void commitRtp(int length) {
        add(protection.protectRtp(array, end, length));
    }

    @Override
    public void commitRtcp(int length) {
        add(protection.protectRtcp(array, end, length));
    }

    private void add(int length) {
        if (length < 0) {
            statistics.notProtected.increment();
            return;
        }
        if (segments > 0 && (length > segment || segments == MAX_SEGMENTS || end - start + length > MAX_RUN)) {
            int at = end;
            sendRun();
            // a run starts at 0, so that it never meets the array's end
            System.arraycopy(array, at, array, 0, length);
            start = 0;
            end = 0;
        }
        if (segments == 0) {
            segment = length;
        }
        segments++;
        end += length;
        if (length < segment || !out.segments()) {
            sendRun();
        }
    }

    private void sendRun() {
        if (segments == 1) {
            out.send(array, start, end - start, to);
        } else if (segments > 1) {
            out.sendSegmented(array, start, end - start, segment, to);
        }
        start = end;
        segments = 0;
    }

    /** Sends what was gathered; the kernel gets it when the loop's round ends. */
    @Override
    public void flush() {
        sendRun();
        start = 0;
        end = 0;
    }
}
