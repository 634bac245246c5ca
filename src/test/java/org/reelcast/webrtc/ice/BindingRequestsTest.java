package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BindingRequestsTest {
    private static final String PASSWORD = "remotepasswordremotepass";
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 1000);

    private final BindingRequests requests =
            new BindingRequests("local", "remote", PASSWORD, new StunMessage(), new Random(1));

    private static byte[] copy(StunWriter writer) {
        return Arrays.copyOf(writer.array(), writer.length());
    }

    /** A full agent that is controlling takes a request of one that is controlled. */
    private static byte[] answer(byte[] request, String password) {
        StunMessage message = new StunMessage();
        assertTrue(message.parse(request, 0, request.length));
        assertEquals("remote", message.receiverUfrag());
        assertTrue(message.isAuthentic(new StunHmac(PASSWORD)));
        return copy(new StunWriter()
                .bindingSuccess(message)
                .xorMappedAddress(PEER)
                .integrity(new StunHmac(password))
                .fingerprint());
    }

    @Test
    void answerCountsOnce_alsoToARequestBefore() {
        byte[] first = answer(copy(requests.next(PEER)), PASSWORD);
        byte[] second = answer(copy(requests.next(PEER)), PASSWORD);
        assertTrue(requests.isAnswered(first, 0, first.length, PEER));
        assertFalse(requests.isAnswered(first, 0, first.length, PEER), "again");
        assertTrue(requests.isAnswered(second, 0, second.length, PEER));
    }

    @Test
    void whatIsNoAnswerToARequestOfOursDoesNotCount() {
        byte[] request = copy(requests.next(PEER));
        byte[] forged = answer(request, "guess");
        assertFalse(requests.isAnswered(forged, 0, forged.length, PEER), "another key");
        assertFalse(requests.isAnswered(request, 0, request.length, PEER), "a request");
        byte[] old = answer(request, PASSWORD);
        for (int i = 0; i < BindingRequests.OUTSTANDING; i++) {
            requests.next(PEER);
        }
        assertFalse(requests.isAnswered(old, 0, old.length, PEER), "too old");
        byte[] right = answer(copy(requests.next(PEER)), PASSWORD);
        // behind the integrity is the fingerprint alone, which proves nothing
        for (int i = 0; i < right.length - 8; i++) {
            byte[] broken = right.clone();
            broken[i] ^= 4;
            assertFalse(requests.isAnswered(broken, 0, broken.length, PEER), "byte " + i);
        }
        assertFalse(requests.isAnswered(new byte[0], 0, 0, PEER));
        assertTrue(requests.isAnswered(right, 0, right.length, PEER));
    }

    /** Who saw the request on its way to PEER is not at PEER. */
    @Test
    void answerFromElsewhereDoesNotCount() {
        byte[] answer = answer(copy(requests.next(PEER)), PASSWORD);
        assertFalse(requests.isAnswered(answer, 0, answer.length, new InetSocketAddress("192.0.2.1", 1001)));
        assertTrue(requests.isAnswered(answer, 0, answer.length, PEER));
    }
}
