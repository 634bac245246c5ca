package org.reelcast.signalling;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses WebSockets whose client does not wait for the answer to its handshake, as it must (RFC 6455 section 4.1). What
 * comes behind the handshake at once has Tyrus wait for itself: each such client would hold a thread for good.
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** For the container. */
    public HandshakeFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && request.getInputStream().available() > 0) {
            response.setHeader("Connection", "close");
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else {
            chain.doFilter(request, response);
        }
    }
}
