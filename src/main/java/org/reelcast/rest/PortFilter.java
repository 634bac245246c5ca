package org.reelcast.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.reelcast.config.Settings;

/** Lets each port serve what WCS serves there ({@link PortRules}). Mapped in web.xml, before all others. */
public class PortFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private transient PortRules rules;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        rules = new PortRules(Settings.read());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        PortRules.Verdict verdict = rules.check(request.getLocalPort(), upgrade);
        if (!verdict.refused()) {
            chain.doFilter(request, response);
            return;
        }
        response.setStatus(verdict.status());
        if (verdict.status() == 426 && request.getProtocol().startsWith("HTTP/1")) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().println(verdict.sentence());
    }
}
