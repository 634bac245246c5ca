package org.reelcast.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.loop.NettyMediaLoop;

/** Handshakes in memory: the server's connection against Bouncy Castle's client, over a network with faults. */
class DtlsHandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate SERVER = DtlsCertificate.create(RANDOM);
    private static final DtlsCertificate CLIENT = DtlsCertificate.create(RANDOM);

    private final DtlsPool pool = new DtlsPool(1);
    private final NettyMediaLoop loop = NettyMediaLoop.open("dtls-test");

    @AfterEach
    void close() {
        pool.close();
        loop.close();
    }

    @ParameterizedTest
    @CsvSource({"'1,8,7', 7", "'7,8,1,2', 7", "'1', 1", "'7', 7"})
    void profile_isGcmWhenOffered(String offered, int chosen) throws Exception {
        List<Integer> profiles =
                Arrays.stream(offered.split(",")).map(Integer::valueOf).toList();
        FaultyLink link = link(profiles, der -> Arrays.equals(der, CLIENT.der()), (n, up) -> false);
        link.connect();
        assertEquals(chosen, link.profile());
        assertArrayEquals(link.client().material(), link.material());
    }

    @Test
    void noCommonProfile_fails() {
        FaultyLink link = link(List.of(2), der -> true, (n, up) -> false);
        assertThrows(IOException.class, link::connect);
        assertFalse(link.isFingerprintWrong());
    }

    @Test
    void foreignCertificate_failsByFingerprint() {
        FaultyLink link = link(List.of(7), der -> false, (n, up) -> false);
        assertThrows(IOException.class, link::connect);
        assertThrows(ExecutionException.class, () -> link.connected().get(10, TimeUnit.SECONDS));
        assertTrue(link.isFingerprintWrong());
    }

    /** Each of the first datagrams of either side is lost once. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void lostDatagram_isSentAgain(int lost) throws Exception {
        for (boolean up : new boolean[] {true, false}) {
            FaultyLink link = link(List.of(7), der -> true, (n, toServer) -> n == lost && toServer == up);
            link.connect();
            assertArrayEquals(link.client().material(), link.material());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void randomLossDuplicationAndReordering_areOvercome(int seed) throws Exception {
        Random random = new Random(seed);
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> n < 40 && random.nextInt(5) == 0);
        link.reorder(new Random(seed));
        link.connect();
        assertArrayEquals(link.client().material(), link.material());
    }

    /** As browsers' hellos with post-quantum keys are. */
    @Test
    void fragmentedHello_isPutTogether() throws Exception {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> false);
        link.sendLimit(160);
        link.connect();
        assertArrayEquals(link.client().material(), link.material());
    }

    @Test
    void closeNotify_meansGone() throws Exception {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> false);
        DTLSTransport transport = link.connect();
        link.connected().get(10, TimeUnit.SECONDS);
        transport.close();
        link.gone().get(10, TimeUnit.SECONDS);
    }

    /** Our flight is lost; the client waits for it. */
    @Test
    void handshakeThatWaitsHoldsNoThread() throws Exception {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> !up);
        Thread client = new Thread(() -> assertThrows(IOException.class, link::connect));
        client.start();
        link.firstFlight().get(10, TimeUnit.SECONDS);
        awaitNoLoad();
        link.atServer(DtlsConnection::close);
        link.abortClient();
        client.join(10_000);
        assertFalse(link.connected().isDone(), "nobody is told of his own close");
    }

    /** On the one thread of the pool, while so many others never go on. */
    @Test
    void honestClientIsServedBesideManyThatStall() throws Exception {
        List<FaultyLink> stalled = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            // the hello comes through, and nothing after it
            FaultyLink link = link(List.of(7), der -> true, (n, up) -> !up || n > 0);
            stalled.add(link);
            Thread client = new Thread(() -> assertThrows(IOException.class, link::connect));
            client.setDaemon(true);
            client.start();
            link.firstFlight().get(10, TimeUnit.SECONDS);
        }
        FaultyLink honest = link(List.of(7), der -> true, (n, up) -> false);
        honest.connect();
        assertArrayEquals(honest.client().material(), honest.material());
        for (FaultyLink link : stalled) {
            assertFalse(link.connected().isDone());
            link.abortClient();
        }
    }

    @Test
    void whatIsNoWholeHelloBeginsNothing() {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> false);
        byte[] hello = new byte[300];
        byte[] late = HexFormat.of().parseHex("16fefd00010000000000000004" + "01020304");
        link.atServer(server -> {
            server.receive(new byte[] {22}, 0, 1);
            server.receive(late, 0, late.length);
            for (int i = 0; i < 100; i++) {
                byte[] part = fragment(hello, 0, 200);
                server.receive(part, 0, part.length);
            }
            byte[] part = fragment(hello, 201, 99);
            server.receive(part, 0, part.length);
            assertFalse(server.isStarted());
        });
        assertEquals(0, pool.load());
        link.atServer(server -> {
            byte[] part = fragment(hello, 200, 1);
            server.receive(part, 0, part.length);
            assertTrue(server.isStarted());
        });
    }

    @Test
    void helloThatIsTooLongBeginsNothing() {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> false);
        byte[] hello = new byte[8193];
        link.atServer(server -> {
            for (int at = 0; at < hello.length; at += 1000) {
                byte[] part = fragment(hello, at, Math.min(1000, hello.length - at));
                server.receive(part, 0, part.length);
            }
            assertFalse(server.isStarted());
        });
    }

    /** A record with a part of a ClientHello (RFC 6347 section 4.2.2). */
    private static byte[] fragment(byte[] hello, int from, int length) {
        return ByteBuffer.allocate(25 + length)
                .put((byte) 22)
                .putShort((short) 0xFEFD)
                .putInt(0)
                .putInt(from)
                .putShort((short) (12 + length))
                .putInt(1 << 24 | hello.length)
                .putShort((short) 0)
                .put((byte) 0)
                .putShort((short) from)
                .put((byte) 0)
                .putShort((short) length)
                .put(hello, from, length)
                .array();
    }

    private void awaitNoLoad() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (pool.load() > 0) {
            assertTrue(System.nanoTime() < deadline, "the handshake's thread goes on");
            Thread.onSpinWait();
        }
    }

    /** Bytes that look like Finished, before the client's own: that attempt leads nowhere, and the next one does. */
    @Test
    void forgedEndOfTheFlight_doesNotEndTheHandshake() throws Exception {
        FaultyLink link = link(List.of(7, 1), der -> true, (n, up) -> false);
        byte[] forged = HexFormat.of().parseHex("16fefd0001000000000000002814000000" + "00".repeat(36));
        link.onFirstFlight(server -> server.receive(forged, 0, forged.length));
        link.connect();
        assertArrayEquals(link.client().material(), link.material());
    }

    @Test
    void garbage_failsNothingButItself() throws Exception {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> false);
        Random random = new Random(1);
        DTLSTransport transport = link.connect();
        link.connected().get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 1000; i++) {
            byte[] b = new byte[random.nextInt(200)];
            random.nextBytes(b);
            if (b.length > 0) {
                b[0] = (byte) (20 + random.nextInt(44));
            }
            link.atServer(server -> server.receive(b, 0, b.length));
        }
        assertFalse(link.gone().isDone());
        transport.close();
        link.gone().get(10, TimeUnit.SECONDS);
    }

    @Test
    void warmUp_runs() throws IOException {
        assertTrue(DtlsWarmUp.run(options(SERVER, List.of(7, 1)), pool, loop, 3) > 0);
    }

    private FaultyLink link(List<Integer> profiles, Predicate<byte[]> isPeer, FaultyLink.Loss loss) {
        return new FaultyLink(options(SERVER, List.of(7, 1)), options(CLIENT, profiles), pool, loop, isPeer, loss);
    }

    private static DtlsOptions options(DtlsCertificate certificate, List<Integer> profiles) {
        return new DtlsOptions(certificate, RANDOM, profiles, profile -> profile == 7 ? 56 : 60, 10_000, 50);
    }
}
