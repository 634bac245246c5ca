package org.reelcast.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
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

/** Handshakes in memory: the server's connection against Bouncy Castle's client, over a network with faults. */
class DtlsHandshakeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate SERVER = DtlsCertificate.create(RANDOM);
    private static final DtlsCertificate CLIENT = DtlsCertificate.create(RANDOM);

    private final DtlsPool pool = new DtlsPool();

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @CsvSource({"'1,8,7', 7", "'7,8,1,2', 7", "'1', 1", "'7', 7"})
    void profile_isGcmWhenOffered(String offered, int chosen) throws Exception {
        List<Integer> profiles = Arrays.stream(offered.split(",")).map(Integer::valueOf).toList();
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

    @Test
    void close_freesTheThreadOfAHandshakeThatHangs() throws Exception {
        FaultyLink link = link(List.of(7), der -> true, (n, up) -> !up);
        Thread client = new Thread(() -> assertThrows(IOException.class, link::connect));
        client.start();
        link.firstFlight().get(10, TimeUnit.SECONDS);
        assertEquals(1, pool.load());
        link.server().close();
        link.abortClient();
        client.join(10_000);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (pool.load() > 0) {
            assertTrue(System.nanoTime() < deadline, "the handshake's thread goes on");
            Thread.onSpinWait();
        }
        assertFalse(link.connected().isDone(), "nobody is told of his own close");
    }

    @Test
    void silentClient_failsAfterTheTimeout() throws Exception {
        DtlsOptions hasty = new DtlsOptions(SERVER, RANDOM, List.of(7), profile -> 56, 200, 50);
        FaultyLink link = new FaultyLink(hasty, options(CLIENT, List.of(7)), pool, der -> true, (n, up) -> !up);
        Thread client = new Thread(() -> assertThrows(IOException.class, link::connect));
        client.start();
        assertThrows(ExecutionException.class, () -> link.connected().get(10, TimeUnit.SECONDS));
        link.abortClient();
        client.join(10_000);
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
            link.server().receive(b, 0, b.length);
        }
        assertFalse(link.gone().isDone());
        transport.close();
        link.gone().get(10, TimeUnit.SECONDS);
    }

    @Test
    void warmUp_runs() throws IOException {
        assertTrue(DtlsWarmUp.run(options(SERVER, List.of(7, 1)), pool, 3) > 0);
    }

    private FaultyLink link(List<Integer> profiles, Predicate<byte[]> isPeer, FaultyLink.Loss loss) {
        return new FaultyLink(options(SERVER, List.of(7, 1)), options(CLIENT, profiles), pool, isPeer, loss);
    }

    private static DtlsOptions options(DtlsCertificate certificate, List<Integer> profiles) {
        return new DtlsOptions(certificate, RANDOM, profiles, profile -> profile == 7 ? 56 : 60, 10_000, 50);
    }
}
