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
 * Takes the body of a request whole before anybody works on it, and holds no thread while it comes: who sends slowly, or
 * never, costs a connection for ten seconds. How many requests with a body are worked on at the same time is bounded, as
 * is how many are waited for.
 */
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final long LIMIT_MS = 10_000;
    private static final int MOST_COMING = 500;
    private static final int MOST_AWAITED = 40;
    private static final int MOST_AT_WORK = 100;
    private static final String HTTP_1 = "HTTP/1";
    private static final String BODY = BodyFilter.class.getName();

    @Inject
    private transient Instance<RequestContextController> scopes;

    private final transient Semaphore coming = new Semaphore(MOST_COMING);
    private final transient Semaphore awaited = new Semaphore(MOST_AWAITED);
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
        } else if (!hasBody(request)) {
            // Payara waits for more where another protocol was offered, even then
            chain.doFilter(
                    ServerConnection.offersUpgrade(request) ? new WithBody(request, new byte[0]) : request, response);
        } else if (!request.getProtocol().startsWith(HTTP_1)) {
            await(request, response, chain);
        } else if (coming.tryAcquire()) {
            read(request, response);
        } else {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, StatusText.SERVER_IS_OVERLOADED.text());
        }
    }

    /** RFC 9112 section 6: one of both headers says so; HTTP/2 needs none. */
    static boolean hasBody(HttpServletRequest request) {
        boolean may = !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
        return request.getContentLengthLong() > 0
                || request.getHeader("Transfer-Encoding") != null
                || may
                        && request.getContentLengthLong() < 0
                        && !request.getProtocol().startsWith(HTTP_1);
    }

    /**
     * By HTTP/2 the body is waited for by a thread, few at a time: Payara may use the request of a stream for another
     * one while it goes on where it had waited without.
     */
    private void await(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!awaited.tryAcquire()) {
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
            awaited.release();
        }
        work(new WithBody(request, body), response, chain);
    }

    private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(LIMIT_MS);
        AsyncDispatch dispatch = new AsyncDispatch(context, LIMIT_MS);
        BodyReader.Listener listener = new BodyReader.Listener() {
            @Override
            public void onBody(byte[] body) {
                coming.release();
                request.setAttribute(BODY, body);
                dispatch.run();
            }

            @Override
            public void onRefused(int status, String sentence) {
                coming.release();
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
