package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeFilterTest {
    private final List<String> done = new ArrayList<>();

    private void request(String upgrade, int behind) throws Exception {
        HttpServletRequest request = proxy(
                HttpServletRequest.class,
                (self, method, arguments) -> method.getName().equals("getHeader") ? upgrade : new Available(behind));
        HttpServletResponse response = proxy(HttpServletResponse.class, (self, method, arguments) -> {
            if (method.getName().equals("sendError")) {
                done.add("refused " + arguments[0]);
            }
            return null;
        });
        new HandshakeFilter().doFilter(request, response, (same, other) -> done.add("let through"));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    @Test
    void whoTalksBeforeTheAnswer_isRefused() throws Exception {
        request("WebSocket", 1);
        assertEquals(List.of("refused 400"), done);
    }

    @Test
    void whoWaits_andWhoWantsNoWebSocket_areLetThrough() throws Exception {
        request("websocket", 0);
        request(null, 1);
        assertEquals(List.of("let through", "let through"), done);
    }

    private static final class Available extends ServletInputStream {
        private final int bytes;

        private Available(int bytes) {
            this.bytes = bytes;
        }

        @Override
        public int available() {
            return bytes;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("nobody waits");
        }

        @Override
        public int read() {
            throw new AssertionError("nobody reads");
        }
    }
}
