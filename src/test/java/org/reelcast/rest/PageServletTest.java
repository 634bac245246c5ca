package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.reelcast.rest.Fakes.fake;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages for those who read them, and for those who do not. */
class PageServletTest {
    private static final int LARGE = 375_000;

    private final PageServlet pages = new PageServlet();
    private final Socket socket = new Socket();
    private boolean async;

    private static final class Socket extends ServletOutputStream {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private WriteListener listener;
        private int room;

        @Override
        public boolean isReady() {
            return room-- > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            this.listener = listener;
        }

        @Override
        public void write(int b) {
            sent.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            sent.write(bytes, from, length);
        }
    }

    @BeforeEach
    void deploy() throws ServletException {
        Map<String, byte[]> files = Map.of("/large.js", new byte[LARGE], "/small.js", new byte[1000]);
        ServletContext context = fake(
                ServletContext.class,
                (method, arguments) -> method.equals("getResourcePaths")
                        ? files.keySet()
                        : new ByteArrayInputStream(files.get((String) arguments[0])));
        pages.scheduler = fake(ManagedScheduledExecutorService.class, (method, arguments) -> null);
        pages.init(
                fake(ServletConfig.class, (method, arguments) -> method.equals("getServletContext") ? context : null));
    }

    private void ask(String method, String path) throws IOException {
        AsyncContext context = fake(AsyncContext.class, (called, arguments) -> null);
        HttpServletRequest request = fake(HttpServletRequest.class, (called, arguments) -> switch (called) {
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getMethod" -> method;
            case "getServletPath" -> path;
            case "getRemoteAddr" -> "192.0.2.1";
            case "isSecure" -> false;
            case "startAsync" -> {
                async = true;
                yield context;
            }
            default -> null;
        });
        pages.doGet(request, fake(HttpServletResponse.class, (called, arguments) -> socket));
    }

    @Test
    void largePage_isWrittenAsItIsRead() throws IOException {
        ask("GET", "/large.js");
        assertTrue(async);
        assertEquals(0, socket.sent.size());
        socket.room = 1;
        socket.listener.onWritePossible();
        assertEquals(FileDownload.PIECE, socket.sent.size());
        socket.room = 100;
        socket.listener.onWritePossible();
        assertEquals(LARGE, socket.sent.size());
        assertEquals(0, pages.downloads.count());
    }

    @Test
    void smallPage_isWrittenAtOnce() throws IOException {
        ask("GET", "/small.js");
        assertFalse(async);
        assertEquals(1000, socket.sent.size());
    }

    @Test
    void headerAlone_hasNothingToWaitFor() throws IOException {
        ask("HEAD", "/large.js");
        assertFalse(async);
        assertEquals(0, socket.sent.size());
    }
}
