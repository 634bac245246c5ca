package org.reelcast.rest;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.reelcast.refusal.StatusText;

/**
 * Takes the body of a REST request whole before anybody works on it, and holds no thread while it comes: who sends slowly,
 * or never, costs a connection for ten seconds. How many requests with a body are worked on at the same time is bounded, as
 * is how many are waited for, of which one address has half. Nothing else here takes bodies.
 */
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final long LIMIT_MS = 10_000;
    private static final int MOST_COMING = 500;
    private static final int MOST_AWAITED = 40;
    private static final int MOST_AT_WORK = 100;
    private static final String HTTP_1 = "HTTP/1";
    private static final String NO_BODY = "Requests to /rest-api/ alone have a body.";
    private static final String BODY = BodyFilter.class.getName();

    @Inject
    private transient Instance<RequestContextController> scopes;

    private final transient Places coming = new Places(MOST_COMING, MOST_COMING / 2);
    private final transient Places awaited = new Places(MOST_AWAITED, MOST_AWAITED / 2);
    private final transient Semaphore atWork = new Semaphore(MOST_AT_WORK);

    /** For the container. */
    public BodyFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(BODY) instanceof byte[] body) {
            if (ServerConnection.offersUpgrade(request)) {
                // not before the body is there, as Payara would take the rest of it for another request
                ServerConnection.forgetUpgrade(request);
            }
            work(new WithBody(request, body), response, chain);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
        } else if (announcesBody(request) && !RequestPath.isRest(request)) {
            refuseElsewhere(request, response);
        } else if (!hasBody(request) || !RequestPath.isRest(request)) {
            // Payara waits for more where another protocol was offered, even then
            chain.doFilter(
                    ServerConnection.offersUpgrade(request) ? new WithBody(request, new byte[0]) : request, response);
        } else if (!request.getProtocol().startsWith(HTTP_1)) {
            await(request, response, chain);
        } else if (coming.enter(request.getRemoteAddr())) {
            read(request, response);
        } else {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
        }
    }

    private static void refuseElsewhere(HttpServletRequest request, HttpServletResponse response) {
        if (reads(request)) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, NO_BODY);
        } else {
            response.setHeader("Allow", "GET, HEAD, OPTIONS");
            refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, NO_BODY);
        }
    }

    /** Whether there is one, or may be: HTTP/2 need not say so. */
    static boolean hasBody(HttpServletRequest request) {
        return announcesBody(request)
                || !reads(request)
                        && request.getContentLengthLong() < 0
                        && !request.getProtocol().startsWith(HTTP_1);
    }

    /** RFC 9112 section 6: one of both headers says so. */
    private static boolean announcesBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static boolean reads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /**
     * By HTTP/2 the body is waited for by a thread, few at a time: Payara may use the request of a stream for another
     * one while it goes on where it had waited without.
     */
    private void await(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = request.getRemoteAddr();
        if (!awaited.enter(address)) {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
            return;
        }
        byte[] body;
        try {
            body = BodyReader.read(
                    request.getInputStream(), RequestBody.MAX_BYTES, System.nanoTime() + LIMIT_MS * 1_000_000);
        } catch (BodyReader.RefusedException e) {
            refuse(response, e.status(), e.getMessage());
            return;
        } catch (IOException e) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "The body did not come whole");
            return;
        } finally {
            awaited.leave(address);
        }
        work(new WithBody(request, body), response, chain);
    }

    private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String address = request.getRemoteAddr();
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(LIMIT_MS);
        AsyncDispatch dispatch = new AsyncDispatch(context, LIMIT_MS);
        BodyReader.Listener listener = new BodyReader.Listener() {
            @Override
            public void onBody(byte[] body) {
                coming.leave(address);
                request.setAttribute(BODY, body);
                dispatch.run();
            }

            @Override
            public void onRefused(int status, String sentence) {
                coming.leave(address);
                refuse(response, status, sentence);
                context.complete();
            }
        };
        BodyReader reader = new BodyReader(
                request.getInputStream(), request.getContentLengthLong(), RequestBody.MAX_BYTES, listener);
        context.addListener(reader);
        request.getInputStream().setReadListener(reader);
    }

    private void work(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!atWork.tryAcquire()) {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
            return;
        }
        // Payara has none where a request goes on that had waited
        RequestContextController scope = scopes.get();
        boolean begun = scope.activate();
        try {
            chain.doFilter(request, response);
        } finally {
            if (begun) {
                scope.deactivate();
            }
            scopes.destroy(scope);
            atWork.release();
        }
    }

    /** What is still to come is not waited for. */
    private static void refuse(HttpServletResponse response, int status, String sentence) {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        try {
            response.getWriter().println(sentence);
        } catch (IOException gone) {
            // whom it was for
            return;
        }
    }
}
