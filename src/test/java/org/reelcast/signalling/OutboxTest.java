package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final String LONG = "x".repeat(10 << 20);

    private final List<String> sent = new ArrayList<>();
    private final Queue<SendHandler> underWay = new ArrayDeque<>();
    private CloseReason closed;
    private final OutboxBudget budget = new OutboxBudget(Long.MAX_VALUE);
    private final Outbox outbox = new Outbox(session(), budget);

    /** A socket that sends when the test says so. */
    private Session session() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (self, method, arguments) -> {
            sent.add(arguments[0] instanceof ByteBuffer bytes ? "bytes " + bytes.remaining() : (String) arguments[0]);
            underWay.add((SendHandler) arguments[1]);
            return null;
        });
        return proxy(Session.class, (self, method, arguments) -> {
            if (method.getName().equals("close")) {
                closed = (CloseReason) arguments[0];
                return null;
            }
            return remote;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private void send(int count, String text) {
        for (int i = 0; i < count; i++) {
            outbox.send(text);
        }
    }

    private void read() {
        underWay.remove().onResult(new SendResult());
    }

    @Test
    void messagesGoOutOneAfterTheOther() {
        outbox.send("a");
        outbox.send("b");
        assertEquals(List.of("a"), sent);
        read();
        assertEquals(List.of("a", "b"), sent);
        read();
        outbox.send("c");
        assertEquals(List.of("a", "b", "c"), sent);
    }

    @Test
    void bytesKeepTheirPlaceBetweenTexts() {
        outbox.send(ByteBuffer.allocate(3));
        outbox.send("ping");
        outbox.send(ByteBuffer.allocate(4));
        read();
        read();
        assertEquals(List.of("bytes 3", "ping", "bytes 4"), sent);
    }

    @Test
    void halfASurrogatePairIsMadeValid_aWholeOneStays() {
        outbox.send("a\ud800b\udc00");
        read();
        outbox.send("\ud83c\udfac");
        assertEquals(List.of("a?b?", "\ud83c\udfac"), sent);
    }

    @Test
    void clientThatLetsMessagesPileUpIsDisconnected() {
        send(1001, "short");
        assertNull(closed);
        outbox.send("one more");
        assertEquals(CloseReason.CloseCodes.TRY_AGAIN_LATER, closed.getCloseCode());
    }

    @Test
    void clientThatLetsLongMessagesPileUpIsDisconnected() {
        send(4, LONG);
        assertNull(closed);
        for (int i = 0; i < 10; i++) {
            read();
            outbox.send(LONG);
        }
        assertNull(closed, "what has gone out does not count");
        outbox.send(LONG);
        assertEquals(CloseReason.CloseCodes.TRY_AGAIN_LATER, closed.getCloseCode());
    }

    @Test
    void messageOfAnyLengthIsSentWhenNoneWaits() {
        String longer = LONG.repeat(4);
        outbox.send(longer);
        outbox.send(longer);
        assertNull(closed);
        read();
        assertEquals(List.of(longer, longer), sent);
    }

    @Test
    void allTogetherHoldWhatTheBudgetAllows_thenTheFullestIsClosed() {
        OutboxBudget shared = new OutboxBudget(20 * 1000);
        List<Outbox> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new Outbox(session(), shared));
            all.get(i).send("x".repeat(900));
        }
        Outbox fullest = all.get(7);
        fullest.send("x".repeat(1000));
        all.forEach(one -> one.send("x".repeat(50)));
        assertNull(closed);
        all.get(3).send("x");
        assertEquals(CloseReason.CloseCodes.TRY_AGAIN_LATER, closed.getCloseCode());
        assertEquals(0, fullest.held());
        assertEquals(951, all.get(3).held());
        closed = null;
        all.get(3).send("x".repeat(1900));
        assertNull(closed, "what is closed holds nothing");
    }

    @Test
    void whatHasGoneOut_orIsOver_isNotHeld() {
        OutboxBudget small = new OutboxBudget(10);
        Outbox reading = new Outbox(session(), small);
        for (int i = 0; i < 100; i++) {
            reading.send("1234567890");
            assertEquals(10, reading.held());
            read();
        }
        reading.send("1234567890");
        reading.discard();
        new Outbox(session(), small).send("1234567890");
        assertNull(closed);
    }
}
