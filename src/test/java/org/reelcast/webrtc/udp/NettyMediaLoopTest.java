package org.reelcast.webrtc.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.MediaLoop;

class NettyMediaLoopTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Sends runs of packets, as epoll with segmentation and as plain NIO do. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void batchedPackets_arriveOneByOne(boolean best) throws Exception {
        try (NettyMediaLoop loop = open(best, self -> (from, b, length, nowUs) -> { });
                DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            socket.setSoTimeout(10_000);
            InetSocketAddress to = (InetSocketAddress) socket.getLocalSocketAddress();
            int[] lengths = {1000, 1000, 1000, 300, 800, 1100, 1100};
            loop.execute(() -> {
                BatchSink sink = loop.sink().begin(new Plain(), to);
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
            assertEquals(7, loop.statistics().datagramsSent());
            assertEquals(loop.segments() ? 3 : 7, loop.statistics().sends());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void datagrams_reachTheHandlerOnTheLoop(boolean best) throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        try (NettyMediaLoop loop = open(best, self -> (from, b, length, nowUs) -> {
            if (length == 1) {
                throw new IllegalStateException("must not stop the loop");
            }
            received.complete(length + " from " + from.getPort() + " in loop " + self.inLoop());
        }); DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            InetSocketAddress to = new InetSocketAddress(LOOPBACK, loop.port());
            socket.send(new DatagramPacket(new byte[1], 1, to));
            socket.send(new DatagramPacket(new byte[1472], 1472, to));
            assertEquals("1472 from " + socket.getLocalPort() + " in loop true", received.get(10, TimeUnit.SECONDS));
            assertEquals(1, loop.statistics().handlerErrors());
        }
    }

    @Test
    void timers_runInOrderOnTheLoop() throws Exception {
        try (NettyMediaLoop loop = open(true, self -> (from, b, length, nowUs) -> { })) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch done = new CountDownLatch(4);
            long nowUs = loop.nowUs();
            for (int ms : new int[] {30, 10, 20, 0}) {
                loop.at(nowUs + ms * 1000L, () -> {
                    assertTrue(loop.inLoop() && loop.nowUs() >= nowUs + ms * 1000L);
                    order.add(ms);
                    done.countDown();
                });
            }
            assertTrue(done.await(10, TimeUnit.SECONDS));
            assertEquals(List.of(0, 10, 20, 30), order);
        }
    }

    @Test
    void cancelledTimer_doesNotRun() throws Exception {
        try (NettyMediaLoop loop = open(true, self -> (from, b, length, nowUs) -> { })) {
            CompletableFuture<Boolean> ran = new CompletableFuture<>();
            CompletableFuture<Integer> left = new CompletableFuture<>();
            long nowUs = loop.nowUs();
            MediaLoop.Timer timer = loop.at(nowUs + 20_000, () -> ran.complete(true));
            timer.cancel();
            loop.at(nowUs + 40_000, () -> left.complete(loop.deadlines()));
            assertEquals(0, left.get(10, TimeUnit.SECONDS));
            assertFalse(ran.isDone());
        }
    }

    @Test
    void failingTimer_doesNotStopTheOthers() throws Exception {
        try (NettyMediaLoop loop = open(true, self -> (from, b, length, nowUs) -> { })) {
            CompletableFuture<Void> second = new CompletableFuture<>();
            long nowUs = loop.nowUs();
            loop.at(nowUs, () -> {
                throw new IllegalStateException("for the test");
            });
            loop.at(nowUs + 1, () -> second.complete(null));
            second.get(10, TimeUnit.SECONDS);
            assertEquals(1, loop.statistics().handlerErrors());
        }
    }

    @Test
    void takenPort_isPassedOver() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, LOOPBACK)) {
            int port = taken.getLocalPort();
            IOException refused = assertThrows(IOException.class, () -> NettyMediaLoop.open("test", LOOPBACK, port,
                    port, self -> (from, b, length, nowUs) -> { }));
            assertEquals("No UDP port from " + port + " to " + port + " is free on 127.0.0.1", refused.getMessage());
            try (NettyMediaLoop loop = NettyMediaLoop.open("test", LOOPBACK, port, Math.min(65_535, port + 50),
                    self -> (from, b, length, nowUs) -> { })) {
                assertTrue(loop.port() > port);
            }
        }
    }

    @Test
    void foreignAddress_isNamed() {
        IOException refused = assertThrows(IOException.class, () -> NettyMediaLoop.open("test",
                InetAddress.getByName("198.51.100.9"), 31001, 32000, self -> (from, b, length, nowUs) -> { }));
        assertTrue(refused.getMessage().contains("198.51.100.9: it is not an address of this machine"),
                refused.getMessage());
    }

    @Test
    void close_freesThePort() throws Exception {
        NettyMediaLoop loop = open(true, self -> (from, b, length, nowUs) -> { });
        int port = loop.port();
        loop.close();
        new DatagramSocket(port, LOOPBACK).close();
    }

    private static NettyMediaLoop open(boolean best,
            Function<NettyMediaLoop, DatagramHandler> handlers) throws IOException {
        return NettyMediaLoop.open(best ? LoopTransport.best("test") : LoopTransport.nio("test"), LOOPBACK, 0, 0,
                handlers);
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
