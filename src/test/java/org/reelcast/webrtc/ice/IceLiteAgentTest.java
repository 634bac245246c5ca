package org.reelcast.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;
import org.reelcast.webrtc.ice.IceLiteAgent.Result;

class IceLiteAgentTest {
    private static final String PASSWORD = "passwordpasswordpassword";
    private static final StunHmac HMAC = new StunHmac(PASSWORD);
    private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress B = new InetSocketAddress("2001:db8::2", 2000);
    private static final long SECOND = 1_000_000;

    private final IceLiteAgent agent =
            new IceLiteAgent("local", PASSWORD, new StunMessage(), 10 * SECOND, 30 * SECOND, 0, new Random(1));

    @Test
    void goodCheck_isAnsweredWithTheSendersAddress() {
        assertNull(agent.selected());
        for (InetSocketAddress from : new InetSocketAddress[] {A, B}) {
            assertEquals(Result.VALID, receive(check("local:remote"), from, SECOND));
            StunMessage answer = answer();
            assertTrue(answer.isBindingSuccess());
            assertTrue(answer.isAuthentic(HMAC));
            assertArrayEquals(from.getAddress().getAddress(), answer.mappedAddress());
            assertEquals(from.getPort(), answer.mappedPort());
            assertTrue(answer.isTransaction("transaction!".getBytes(StandardCharsets.UTF_8), 0));
        }
        assertNull(agent.selected(), "a check alone proves nothing");
        agent.answered(A, SECOND);
        assertEquals(A, agent.selected());
    }

    @Test
    void foreignUserNameOrPassword_is401AndProvesNothing() {
        assertEquals(Result.REFUSED, receive(check("other:remote"), A, SECOND));
        assertEquals(401, answer().errorCode());
        StunWriter forged =
                request("local:remote").integrity(new StunHmac("guess")).fingerprint();
        assertEquals(Result.REFUSED, receive(forged, A, SECOND));
        assertEquals(401, answer().errorCode());
        assertNull(agent.selected());
        assertFalse(agent.hasBeenChecked());
    }

    @Test
    void checkWithoutIntegrityOrUserName_is400() {
        assertEquals(Result.REFUSED, receive(request("local:remote").fingerprint(), A, SECOND));
        assertEquals(400, answer().errorCode());
        StunWriter nameless = new StunWriter()
                .bindingRequest("transaction!".getBytes(StandardCharsets.UTF_8))
                .integrity(HMAC)
                .fingerprint();
        assertEquals(Result.REFUSED, receive(nameless, A, SECOND));
        assertEquals(400, answer().errorCode());
    }

    @Test
    void controlledPeer_is487() {
        StunWriter conflict = new StunWriter()
                .bindingRequest("transaction!".getBytes(StandardCharsets.UTF_8))
                .username("local:remote")
                .controlled(1)
                .integrity(HMAC)
                .fingerprint();
        assertEquals(Result.REFUSED, receive(conflict, A, SECOND));
        assertEquals(487, answer().errorCode());
        assertTrue(answer().isAuthentic(HMAC));
    }

    @Test
    void deadline_isFirstTheCheckTimeoutThenConsent() {
        assertEquals(10 * SECOND, agent.deadlineUs());
        receive(check("local:remote"), A, 3 * SECOND);
        assertEquals(33 * SECOND, agent.deadlineUs());
        receive(check("other:remote"), A, 5 * SECOND);
        assertEquals(33 * SECOND, agent.deadlineUs());
        agent.answered(A, 7 * SECOND);
        assertEquals(37 * SECOND, agent.deadlineUs());
    }

    @Test
    void garbageAndAnswers_areIgnored() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] b = new byte[random.nextInt(100)];
            random.nextBytes(b);
            assertEquals(Result.IGNORED, agent.receive(b, 0, b.length, A, 0));
        }
        receive(check("local:remote"), A, SECOND);
        byte[] answer = Arrays.copyOf(agent.response().array(), agent.response().length());
        assertEquals(Result.IGNORED, agent.receive(answer, 0, answer.length, A, SECOND));
    }

    @Test
    void unknownRequiredAttribute_is420() {
        byte[] b = new byte[64];
        StunWriter good = request("local:remote");
        System.arraycopy(good.array(), 0, b, 0, good.length());
        int at = good.length();
        BigEndian.put16(b, at, 0x7777);
        BigEndian.put16(b, 2, at + 4 + 24 - Stun.HEADER);
        byte[] digest = HMAC.over(b, 0, at + 4);
        BigEndian.put16(b, at + 4, Stun.MESSAGE_INTEGRITY);
        BigEndian.put16(b, at + 6, 20);
        System.arraycopy(digest, 0, b, at + 8, 20);
        assertEquals(Result.REFUSED, agent.receive(b, 0, at + 28, A, SECOND));
        assertEquals(420, answer().errorCode());
    }

    private static StunWriter request(String username) {
        return new StunWriter()
                .bindingRequest("transaction!".getBytes(StandardCharsets.UTF_8))
                .username(username);
    }

    private static StunWriter check(String username) {
        return request(username).controlling(1).priority(5).integrity(HMAC).fingerprint();
    }

    private Result receive(StunWriter message, InetSocketAddress from, long nowUs) {
        return agent.receive(message.array(), 0, message.length(), from, nowUs);
    }

    private StunMessage answer() {
        StunMessage answer = new StunMessage();
        assertTrue(answer.parse(agent.response().array(), 0, agent.response().length()));
        return answer;
    }
}
