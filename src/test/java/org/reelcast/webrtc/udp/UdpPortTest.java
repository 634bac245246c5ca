package org.reelcast.webrtc.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.NettyMediaLoop;

class UdpPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final DatagramHandler NOBODY = (from, b, length, nowUs) -> {};

    /** Sends runs of packets, as epoll with segmentation and as plain NIO do. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batchedPackets_arriveOneByOne(boolean best) throws Exception {
        try (NettyMediaLoop loop = loop(best);
                UdpPort port = UdpPort.open(loop, LOOPBACK, 0, 0, NOBODY);
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            socket.setSoTimeout(10_000);
            InetSocketAddress to = (InetSocketAddress) socket.getLocalSocketAddress();
            int[] lengths = {1000, 1000, 1000, 300, 800, 1100, 1100};
            loop.execute(() -> {
                BatchSink sink = port.sink().begin(new Plain(), to);
                for (int i = 0; i < lengths.length; i++) {
                    int at = sink.reserve(lengths[i]);
                    Arrays.fill(sink.array(), at, at + lengths[i], (byte) i);
                    sink.commitRtp(lengths[i]);
                }
                sink.flush();
            });
            byte[] b = new byte[2048];
            for (int i = 0; i < lengths.length; i++) {
                DatagramPacket packet = new DatagramPacket(b, b.length);
                socket.receive(packet);
                assertEquals(lengths[i], packet.getLength());
                assertEquals(i, b[0]);
                assertEquals(i, b[lengths[i] - 1]);
            }
            assertEquals(7, port.statistics().datagramsSent());
            assertEquals(port.segments() ? 3 : 7, port.statistics().sends());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datagrams_reachTheHandlerOnTheLoop(boolean best) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        try (NettyMediaLoop loop = loop(best);
                UdpPort port = UdpPort.open(loop, LOOPBACK, 0, 0, (from, b, length, nowUs) -> {
                    if (length == 1) {
                        throw new IllegalStateException("must not stop the loop");
                    }
                    received.complete(length + " from " + from.getPort() + " in loop " + loop.inLoop());
                });
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress to = new InetSocketAddress(LOOPBACK, port.number());
            socket.send(new DatagramPacket(new byte[1], 1, to));
            socket.send(new DatagramPacket(new byte[1472], 1472, to));
            assertEquals("1472 from " + socket.getLocalPort() + " in loop true", received.get(10, TimeUnit.SECONDS));
            assertEquals(1, loop.failures());
        }
    }

    @Test
    void takenPort_isPassedOver() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK);
                NettyMediaLoop loop = loop(true)) {
            int port = taken.getLocalPort();
            IOException refused =
                    assertThrows(IOException.class, () -> UdpPort.open(loop, LOOPBACK, port, port, NOBODY));
            assertEquals("No UDP port from " + port + " to " + port + " is free on 127.0.0.1", refused.getMessage());
            try (UdpPort next = UdpPort.open(loop, LOOPBACK, port, Math.min(65_535, port + 50), NOBODY)) {
                assertTrue(next.number() > port);
            }
        }
    }

    @Test
    void foreignAddress_isNamed() {
        try (NettyMediaLoop loop = loop(true)) {
            IOException refused = assertThrows(
                    IOException.class,
                    () -> UdpPort.open(loop, InetAddress.getByName("198.51.100.9"), 31001, 32000, NOBODY));
            assertTrue(
                    refused.getMessage().contains("198.51.100.9: it is not an address of this machine"),
                    refused.getMessage());
        }
    }

    @Test
    void close_freesThePort() throws Exception {
        try (NettyMediaLoop loop = loop(true)) {
            UdpPort port = UdpPort.open(loop, LOOPBACK, 0, 0, NOBODY);
            port.close();
            new DatagramSocket(port.number(), LOOPBACK).close();
        }
    }

    private static NettyMediaLoop loop(boolean best) {
        return best ? NettyMediaLoop.open("test") : NettyMediaLoop.nio("test");
    }

    /** No encryption. */
    private static final class Plain implements PacketProtection {
        @Override
        public int protectRtp(byte[] b, int off, int length) {
            return length;
        }

        @Override
        public int protectRtcp(byte[] b, int off, int length) {
            return length;
        }
    }
}
