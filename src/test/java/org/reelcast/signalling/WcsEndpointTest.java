package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.CloseReason;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.config.Settings;
import org.reelcast.stream.Streams;

/** What a socket does that no client of ours does. */
class WcsEndpointTest {
    private final List<LogRecord> lines = new ArrayList<>();
    private final Logger log = Logger.getLogger("org.reelcast.signalling");
    private final Handler collector = new Handler() {
        @Override
        public void publish(LogRecord event) {
            lines.add(event);
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };
    private final Map<Object, MessageHandler> handlers = new HashMap<>();
    private CloseReason closed;
    private final Session session = (Session) Proxy.newProxyInstance(
            Session.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, arguments) -> {
                switch (method.getName()) {
                    case "addMessageHandler" -> handlers.put(arguments[0], (MessageHandler) arguments[1]);
                    case "close" -> closed = (CloseReason) arguments[0];
                    case "isOpen" -> {
                        return closed == null;
                    }
                    default -> {
                        // the rest does not matter here
                    }
                }
                return null;
            });
    private final WcsEndpoint endpoint = new WcsEndpoint(
            new Connections(new Streams(Runnable::run), new Handlers(List.of(), List.of()), Settings.of(Map.of())));

    @BeforeEach
    void open() {
        log.addHandler(collector);
        endpoint.onOpen(session, null);
    }

    @AfterEach
    void leaveLog() {
        log.removeHandler(collector);
    }

    @Test
    void faultsOfASocket_areOneLineASecond_withoutATrace() {
        for (int i = 0; i < 1000; i++) {
            endpoint.onError(session, new IllegalArgumentException("Buffer overflow."));
        }
        assertEquals(1, lines.size());
        assertNull(lines.get(0).getThrown());
        assertTrue(lines.get(0).getMessage().contains("Buffer overflow."), lines.get(0)::getMessage);
    }

    @Test
    @SuppressWarnings("unchecked")
    void binaryMessages_closeTheSocket_withoutAWord() {
        var binary = (MessageHandler.Partial<ByteBuffer>) handlers.get(ByteBuffer.class);
        assertNotNull(binary, "Tyrus throws for messages that nobody takes");
        binary.onMessage(ByteBuffer.allocate(1), false);
        assertEquals(CloseReason.CloseCodes.CANNOT_ACCEPT, closed.getCloseCode());
        endpoint.onError(session, new IllegalStateException("The connection has been closed."));
        assertEquals(List.of(), lines);
    }
}
