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
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.MonotonicClock;

/** Lets in whom {@link AccessRules} lets in, as the client that it is where proxies are in between. Mapped in web.xml. */
public class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(AccessFilter.class.getName());
    private static final String FILM_LIST = "/rest-api/vod/list";
    /** RFC 6585 section 4. */
    private static final int TOO_MANY_REQUESTS = 429;

    private transient AccessRules doors;
    /** Who may call REST by name and password; empty when none is asked for. */
    private transient Optional<RestUsers> users = Optional.empty();

    /** For the container. */
    public AccessFilter() {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        Settings settings = Settings.read();
        doors = AccessRules.of(settings);
        if (!settings.get(Keys.DISABLE_REST_AUTH)) {
            users = Optional.of(new RestUsers(settings.get(Keys.REST_USERS_FILE), () -> MonotonicClock.nowUs() / 1000));
        }
        if (doors.isOpenToAllOrigins()) {
            LOG.warning("rest_access_control_allow_origin=* lets every web page that somebody opens here call REST");
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ProxyHeaders via = ProxyHeaders.of(request);
        // who came through a proxy that speaks of connections, not of requests
        Optional<InetAddress> named = doors.hasProxies()
                ? ServerConnection.of(request).flatMap(ServerConnection::namedClient)
                : Optional.empty();
        AccessRules.Caller caller =
                doors.caller(named.isPresent() ? named.get() : InetAddress.getByName(request.getRemoteAddr()), via);
        Optional<AccessRules.Refused> refused = Optional.empty();
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            refused = doors.webSocket(host(request), request.getHeader("Origin"));
        } else if (isFilmList(request)) {
            refused = doors.filmList(caller, host(request), request.getHeader("Origin"))
                    .or(() -> byPassword(request, response, caller));
        } else if (RequestPath.isRest(request)) {
            refused = doors.rest(new AccessRules.Call(
                            caller,
                            host(request),
                            request.getHeader("Origin"),
                            request.getContentType(),
                            BodyFilter.hasBody(request)))
                    .or(() -> byPassword(request, response, caller));
        }
        if (refused.isPresent()) {
            refuse(request, response, refused.get());
        } else {
            chain.doFilter(
                    !via.areNone() || named.isPresent() ? new Forwarded(request, caller.address()) : request, response);
        }
    }

    private static boolean isFilmList(HttpServletRequest request) {
        return RequestPath.of(request).equals(FILM_LIST) && request.getMethod().equals("GET");
    }

    /** A browser asks for leave without a password (the Fetch standard, section 3.2.2). */
    private Optional<AccessRules.Refused> byPassword(
            HttpServletRequest request, HttpServletResponse response, AccessRules.Caller caller) {
        if (users.isEmpty() || request.getMethod().equals("OPTIONS")) {
            return Optional.empty();
        }
        return switch (users.get().check(request.getHeader("Authorization"), caller.address())) {
            case WELCOME -> Optional.empty();
            case UNKNOWN -> {
                if (!isFilmList(request)) {
                    // the player's page has its list without a question, or not
                    response.setHeader("WWW-Authenticate", "Basic realm=\"Reelcast REST\", charset=\"UTF-8\"");
                }
                yield Optional.of(new AccessRules.Refused(
                        HttpServletResponse.SC_UNAUTHORIZED, "REST wants a name and password (rest_users_file)."));
            }
            case TOO_MANY -> {
                response.setHeader("Retry-After", "60");
                yield Optional.of(
                        new AccessRules.Refused(TOO_MANY_REQUESTS, "Too many wrong passwords; try again later."));
            }
        };
    }

    /** HTTP/2 has it as a pseudo-header, which the container shows as a name and a port. */
    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host != null || request.getProtocol().startsWith("HTTP/1")
                ? host
                : request.getServerName() + ":" + request.getServerPort();
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessRules.Refused refused)
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
