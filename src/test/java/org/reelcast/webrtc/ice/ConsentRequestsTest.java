package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConsentRequestsTest {
    private static final String PASSWORD = "remotepasswordremotepass";
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 1000);

    private final ConsentRequests consent = new ConsentRequests("local", "remote", PASSWORD, new StunMessage(),
            new Random(1));

    private static byte[] copy(StunWriter writer) {
        return Arrays.copyOf(writer.array(), writer.length());
    }

    /** A full agent that is controlling takes a request of one that is controlled. */
    private static byte[] answer(byte[] request, String password) {
        StunMessage message = new StunMessage();
        assertTrue(message.parse(request, 0, request.length));
        assertEquals("remote", message.receiverUfrag());
        assertTrue(message.isAuthentic(new StunHmac(PASSWORD)));
        return copy(new StunWriter().bindingSuccess(message).xorMappedAddress(PEER)
                .integrity(new StunHmac(password)).fingerprint());
    }

    @Test
    void requestIsDueEveryTwoToThreeSeconds_onceThePeerIsThere() {
        assertEquals(Long.MAX_VALUE, consent.dueUs());
        consent.start(0);
        long lastUs = 0;
        for (int i = 0; i < 100; i++) {
            long apartUs = consent.dueUs() - lastUs;
            assertTrue(apartUs >= ConsentRequests.MIN_INTERVAL_US && apartUs <= ConsentRequests.MAX_INTERVAL_US);
            lastUs = consent.dueUs();
            consent.next(lastUs);
        }
    }

    @Test
    void answerCountsOnce_alsoToARequestBefore() {
        byte[] first = answer(copy(consent.next(0)), PASSWORD);
        byte[] second = answer(copy(consent.next(1)), PASSWORD);
        assertTrue(consent.isAnswered(first, 0, first.length));
        assertFalse(consent.isAnswered(first, 0, first.length), "again");
        assertTrue(consent.isAnswered(second, 0, second.length));
    }

    @Test
    void whatIsNoAnswerToARequestOfOursDoesNotCount() {
        byte[] request = copy(consent.next(0));
        byte[] forged = answer(request, "guess");
        assertFalse(consent.isAnswered(forged, 0, forged.length), "another key");
        assertFalse(consent.isAnswered(request, 0, request.length), "a request");
        byte[] old = answer(request, PASSWORD);
        for (int i = 0; i < 4; i++) {
            consent.next(i);
        }
        assertFalse(consent.isAnswered(old, 0, old.length), "too old");
        byte[] right = answer(copy(consent.next(9)), PASSWORD);
        // behind the integrity is the fingerprint alone, which proves nothing
        for (int i = 0; i < right.length - 8; i++) {
            byte[] broken = right.clone();
            broken[i] ^= 4;
            assertFalse(consent.isAnswered(broken, 0, broken.length), "byte " + i);
        }
        assertFalse(consent.isAnswered(new byte[0], 0, 0));
        assertTrue(consent.isAnswered(right, 0, right.length));
    }

    @Test
    void consentIsAsGoodAsACheck() {
        IceLiteAgent agent = new IceLiteAgent("local", PASSWORD, new StunMessage(), 10, 30, 0);
        StunWriter check = new StunWriter().bindingRequest("transaction!".getBytes()).username("local:remote")
                .controlling(1).integrity(new StunHmac(PASSWORD)).fingerprint();
        agent.receive(check.array(), 0, check.length(), PEER, 5);
        assertEquals(35, agent.deadlineUs());
        agent.consented(20);
        assertEquals(50, agent.deadlineUs());
    }
}
