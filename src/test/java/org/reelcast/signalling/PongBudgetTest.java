package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.glassfish.tyrus.core.ProtocolHandler;
import org.glassfish.tyrus.core.TyrusRemoteEndpoint;
import org.glassfish.tyrus.core.TyrusWebSocket;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.junit.jupiter.api.Test;

/** A client that sends pings, and reads the answers or not. */
class PongBudgetTest {
    private static final byte[] PONG = {(byte) 0x8a, 0};
    private static final byte[] TEXT = {(byte) 0x81, 1, 'a'};

    private final Queue<CompletionHandler<ByteBuffer>> underWay = new ArrayDeque<>();
    private int closed;
    private int exceeded;
    private final PongBudget budget = new PongBudget(
            new Writer() {
                @Override
                public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
                    underWay.add(handler);
                }

                @Override
                public void close() {
                    closed++;
                }
            },
            () -> exceeded++);

    private void write(int count, byte[] frame) {
        for (int i = 0; i < count; i++) {
            budget.write(ByteBuffer.wrap(frame), new CompletionHandler<>() {}, null);
        }
    }

    @Test
    void answersThatAreRead_mayBeAnyNumber() {
        for (int i = 0; i < 100_000; i++) {
            write(1, PONG);
            underWay.remove().completed(null);
        }
        assertEquals(0, exceeded);
    }

    @Test
    void answersThatAreNotRead_closeTheSocketOnce_andAreNotKept() {
        write(PongBudget.MOST, PONG);
        assertEquals(0, exceeded);
        write(100_000, PONG);
        assertEquals(1, exceeded);
        assertEquals(1, closed);
        assertEquals(PongBudget.MOST, underWay.size());
        underWay.remove().failed(new IllegalStateException("closed"));
        write(10, PONG);
        assertEquals(1, exceeded);
    }

    @Test
    void messagesAreCountedByTheirSender() {
        write(2 * PongBudget.MOST, TEXT);
        assertEquals(0, exceeded);
        assertEquals(2 * PongBudget.MOST, underWay.size());
    }

    /** The budget is only as good as what is reached inside Tyrus. */
    @Test
    void tyrusLooksInsideAsExpected() throws Exception {
        assertEquals(
                TyrusWebSocket.class,
                TyrusRemoteEndpoint.class.getDeclaredField("webSocket").getType());
        assertEquals(
                ProtocolHandler.class,
                TyrusWebSocket.class.getDeclaredMethod("getProtocolHandler").getReturnType());
        assertEquals(
                Writer.class, ProtocolHandler.class.getDeclaredField("writer").getType());
    }
}
