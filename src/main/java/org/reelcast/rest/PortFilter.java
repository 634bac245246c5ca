package org.reelcast.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.reelcast.config.Settings;

/**
 * Lets each port serve what WCS serves there ({@link PortRules}), when reelcast.jar has opened the ports; on a server
 * with an administrator's listeners every port serves all. Mapped in web.xml, before all others.
 */
public class PortFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String UPGRADE = "Upgrade";
    private static final String WEBSOCKET = "websocket";
    /** Of a WebSocket: what is not read waits for its turn, within the bounds of who sends it. */
    private static final int MAX_UNSENT = 65_536;

    private transient PortRules rules;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        if (OwnListeners.areOpen()) {
            rules = new PortRules(Settings.read());
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean upgrade = WEBSOCKET.equalsIgnoreCase(request.getHeader(UPGRADE));
        if (ServerConnection.offersUpgrade(request) && !BodyFilter.hasBody(request)) {
            ServerConnection.forgetUpgrade(request);
        }
        PortRules.Verdict verdict = rules == null
                ? null
                : rules.check(
                        request.getLocalPort(),
                        upgrade,
                        request.getRequestURI()
                                .substring(request.getContextPath().length()));
        if (verdict == null || !verdict.refused()) {
            if (upgrade) {
                ServerConnection.of(request).ifPresent(socket -> socket.boundUnsent(MAX_UNSENT));
            }
            chain.doFilter(upgrade ? new Unresolved(request) : request, response);
            return;
        }
        response.setStatus(verdict.status());
        boolean names = verdict.status() == 426 && request.getProtocol().startsWith("HTTP/1");
        if (names) {
            response.setHeader(UPGRADE, WEBSOCKET);
            response.setHeader("Connection", UPGRADE);
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write((verdict.sentence() + "\n").getBytes(StandardCharsets.UTF_8));
        if (names) {
            // Payara sends neither length nor chunks beside Upgrade: whoever asked would wait for more
            response.flushBuffer();
            ServerConnection.of(request).ifPresent(ServerConnection::close);
        }
    }

    /**
     * A request whose addresses have no names. The container would ask a name server for them, and Tyrus wants to know
     * at each upgrade: where that one does not answer, each client would wait for ten seconds.
     */
    static final class Unresolved extends HttpServletRequestWrapper {

        Unresolved(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getLocalName() {
            return getLocalAddr();
        }

        @Override
        public String getRemoteHost() {
            return getRemoteAddr();
        }
    }
}
