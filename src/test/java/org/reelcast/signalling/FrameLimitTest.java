package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.websocket.WebSocketContainer;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.spi.ServerContainer;
import org.junit.jupiter.api.Test;

class FrameLimitTest {
    private static final String CONTAINER = jakarta.websocket.server.ServerContainer.class.getName();

    /** Answers each method with the value of its name. */
    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        answers.get(arguments == null ? method.getName() : arguments[0].toString())));
    }

    @Test
    void frameThatIsNotWhole_isKeptAsLongAsAMessage_andWhatIsReadAtOnce() throws Exception {
        TyrusWebSocketEngine engine = TyrusWebSocketEngine.builder(answering(WebSocketContainer.class, Map.of()))
                .build();
        ServerContainer tyrus = answering(ServerContainer.class, Map.of("getWebSocketEngine", engine));
        FrameLimit.bound(
                answering(ServletContext.class, Map.of(CONTAINER, tyrus, FrameLimit.READ_SIZE, "1000")), 20_000);
        Field kept = TyrusWebSocketEngine.class.getDeclaredField("incomingBufferSize");
        kept.setAccessible(true);
        assertEquals(20_000 + 14 + 1000, kept.get(engine));
    }

    @Test
    void readSize_isSet() throws Exception {
        assertTrue(Files.readString(Path.of("webapp/WEB-INF/web.xml")).contains("<param-name>" + FrameLimit.READ_SIZE));
    }
}
