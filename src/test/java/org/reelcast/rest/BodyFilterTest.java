package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.rest.Fakes.fake;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that do not come, from whom and to where. */
class BodyFilterTest {
    private static final int ALL = 500;

    private final BodyFilter filter = new BodyFilter();
    private final Map<String, String> headers = new HashMap<>();
    private int status;
    private boolean waits;
    private boolean passed;
    private ReadListener reader;

    /** Nothing comes. */
    private final class Silent extends ServletInputStream {
        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            reader = listener;
        }

        @Override
        public int read() {
            throw new AssertionError("a thread waits for it");
        }
    }

    /** @param length -1 when the request does not say */
    private void send(String method, String path, String protocol, long length, String address)
            throws IOException, ServletException {
        status = 200;
        waits = false;
        passed = false;
        headers.clear();
        AsyncContext context = fake(AsyncContext.class, (called, arguments) -> null);
        HttpServletRequest request = fake(HttpServletRequest.class, (called, arguments) -> switch (called) {
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getMethod" -> method;
            case "getServletPath" -> path;
            case "getProtocol" -> protocol;
            case "getContentLengthLong" -> length;
            case "getRemoteAddr" -> address;
            case "getInputStream" -> new Silent();
            case "startAsync" -> {
                waits = true;
                yield context;
            }
            default -> null;
        });
        HttpServletResponse response = fake(HttpServletResponse.class, (called, arguments) -> {
            switch (called) {
                case "setStatus" -> status = (int) arguments[0];
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                default -> {
                    // not looked at
                }
            }
            return new PrintWriter(Writer.nullWriter());
        });
        filter.doFilter(request, response, (asked, answer) -> passed = true);
    }

    private void post(String address) throws IOException, ServletException {
        send("POST", "/rest-api/vod/find", "HTTP/1.1", 1000, address);
    }

    @ParameterizedTest
    @CsvSource({"POST, HTTP/1.1, 405", "PUT, HTTP/1.1, 405", "GET, HTTP/1.1, 413", "POST, HTTP/2.0, 405"})
    void bodyThatIsNoRestCalls_isNotWaitedFor(String method, String protocol, int refused)
            throws IOException, ServletException {
        for (String path : new String[] {"/", "/rest-apix", "/hls/x/x.m3u8"}) {
            send(method, path, protocol, 1000, "192.0.2.1");
            assertEquals(refused, status, path);
            assertEquals("close", headers.get("Connection"));
            assertFalse(waits || passed, path);
        }
    }

    /** HTTP/2 need not say whether there is a body: browsers ask for leave by such requests. */
    @ParameterizedTest
    @CsvSource({"OPTIONS, HTTP/2.0, -1", "POST, HTTP/2.0, -1", "POST, HTTP/1.1, 0", "GET, HTTP/1.1, -1"})
    void whatSaysNothingOfABody_isAnsweredByWhoeverIsAsked(String method, String protocol, long length)
            throws IOException, ServletException {
        send(method, "/sdk/reelcast.js", protocol, length, "192.0.2.1");
        assertTrue(passed);
        assertFalse(waits);
    }

    @Test
    void addressHasHalfOfThePlaces_andNoneForEver() throws IOException, ServletException {
        for (int i = 0; i < ALL / 2; i++) {
            post("2001:db8::" + i);
            assertTrue(waits);
        }
        post("2001:db8::1");
        assertEquals(503, status);
        assertFalse(waits);
        post("192.0.2.1");
        assertTrue(waits);
        reader.onError(new IOException("Connection reset by peer"));
        for (int i = 0; i < ALL / 2; i++) {
            post("192.0.2.1");
            assertTrue(waits);
        }
        post("192.0.2.2");
        assertEquals(503, status);
    }
}
