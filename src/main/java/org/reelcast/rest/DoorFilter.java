package org.reelcast.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Settings;

/** Lets in whom {@link Doors} lets in, as the client that it is where proxies are in between. Mapped in web.xml. */
public class DoorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(DoorFilter.class.getName());
    private static final String REST = "/rest-api";
    /** What proxies leave behind. */
    private static final List<String> PROXY_HEADERS = List.of("X-Forwarded-For", "Forwarded", "Via");

    private transient Doors doors;

    /** For the container. */
    public DoorFilter() {
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        doors = Doors.of(Settings.read());
        if (doors.isOpenToAllOrigins()) {
            LOG.warning("rest_access_control_allow_origin=* lets every web page that somebody opens here call REST");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean proxied = PROXY_HEADERS.stream().anyMatch(header -> request.getHeader(header) != null);
        Doors.Caller caller = doors.caller(InetAddress.getByName(request.getRemoteAddr()),
                proxied ? String.join(",", Collections.list(request.getHeaders(PROXY_HEADERS.get(0)))) : null, proxied);
        Optional<Doors.Refused> refused = Optional.empty();
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refused = doors.webSocket(request.getHeader("Origin"));
        } else if (isRest(request)) {
            refused = doors.rest(new Doors.Call(caller, host(request), request.getHeader("Origin"),
                    request.getContentType(), BodyFilter.hasBody(request)));
        }
        if (refused.isPresent()) {
            refuse(request, response, refused.get());
        } else {
            chain.doFilter(proxied ? new Forwarded(request, caller.address()) : request, response);
        }
    }

    /** By what the container makes of the path: as it is sent, it may be written in many ways. */
    static boolean isRest(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return path.equals(REST) || path.startsWith(REST + "/");
    }

    /** HTTP/2 has it as a pseudo-header, which the container shows as a name and a port. */
    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host != null || request.getProtocol().startsWith("HTTP/1") ? host
                : request.getServerName() + ":" + request.getServerPort();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Doors.Refused refused)
            throws IOException {
        LOG.log(Level.FINE, () -> request.getRemoteAddr() + " " + request.getRequestURI() + ": " + refused.sentence());
        response.setStatus(refused.status());
        if (BodyFilter.hasBody(request)) {
            response.setHeader("Connection", "close");
        }
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().println(refused.sentence());
    }

    /** A request as its client had sent it to us, had no proxy been in between. */
    private static final class Forwarded extends HttpServletRequestWrapper {
        private final String address;

        Forwarded(HttpServletRequest request, InetAddress client) {
            super(request);
            address = client.getHostAddress();
        }

        @Override
        public String getRemoteAddr() {
            return address;
        }

        @Override
        public String getRemoteHost() {
            return address;
        }
    }
}
