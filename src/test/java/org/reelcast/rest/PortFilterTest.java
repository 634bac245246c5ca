package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PortFilterTest {
    private static final Map<String, Object> ANSWERS =
            Map.of("getLocalAddr", "192.0.2.1", "getRemoteAddr", "192.0.2.2", "getLocalPort", 8080);

    /** Fails when it is asked for what a name server would be asked for. */
    private static HttpServletRequest request(String upgrade) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                PortFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getHeader")) {
                        return arguments[0].equals("Upgrade") ? upgrade : null;
                    }
                    Object answer = ANSWERS.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError("asked for " + method.getName());
                    }
                    return answer;
                });
    }

    @Test
    void upgradeAsksNoNameServer() throws Exception {
        AtomicReference<HttpServletRequest> passed = new AtomicReference<>();
        new PortFilter()
                .doFilter(request("websocket"), null, (request, response) -> passed.set((HttpServletRequest) request));
        assertEquals("192.0.2.1", passed.get().getLocalName());
        assertEquals("192.0.2.2", passed.get().getRemoteHost());
        assertEquals(8080, passed.get().getLocalPort());
    }
}
