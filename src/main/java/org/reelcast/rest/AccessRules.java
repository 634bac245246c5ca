package org.reelcast.rest;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.reelcast.config.AddressRanges;
import org.reelcast.config.HostNames;
import org.reelcast.config.Keys;
import org.reelcast.config.Setting;
import org.reelcast.config.Settings;

/**
 * Who may come in: pages of which origins connect and call REST, from which addresses and under which names. The one place
 * where that is decided.
 */
final class AccessRules {
    private static final Logger LOG = Logger.getLogger(AccessRules.class.getName());
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.%a-z]+]");
    private static final List<Setting<Integer>> PORTS =
            List.of(Keys.HTTP_PORT, Keys.HTTPS_PORT, Keys.HLS_PORT, Keys.HLS_HTTPS_PORT, Keys.WS_PORT, Keys.WSS_PORT);

    private final HostNames domains;
    private final List<String> origins;
    private final AddressRanges addresses;
    private final HostNames hosts;
    private final String list;
    private final AddressRanges proxies;
    private final List<Integer> ports;
    private final String ownName;

    /** Why a request ends here. @param status HTTP's @param sentence for whoever sent it */
    record Refused(int status, String sentence) {}

    /**
     * Who asks.
     *
     * @param address of the client itself, also where proxies are in between that are trusted
     * @param vouched false when it came through a proxy that is not: then it may be anybody's
     */
    record Caller(InetAddress address, boolean vouched) {}

    /**
     * What of a REST request is looked at; what is missing is null.
     *
     * @param body whether there is one
     */
    record Call(Caller caller, String host, String origin, String contentType, boolean body) {}

    /** @param ownName of this machine */
    AccessRules(Settings settings, String ownName) {
        domains = new HostNames(settings.get(Keys.ALLOW_DOMAINS));
        origins = Arrays.stream(
                        settings.get(Keys.REST_ACCESS_CONTROL_ALLOW_ORIGIN).split(","))
                .map(String::trim)
                .filter(origin -> !origin.isEmpty())
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .toList();
        addresses = settings.get(Keys.REST_ALLOW_ADDRESSES);
        list = settings.get(Keys.VOD_LIST);
        hosts = new HostNames(settings.get(Keys.REST_ALLOW_HOSTS));
        proxies = settings.get(Keys.TRUSTED_PROXIES);
        ports = PORTS.stream().map(settings::get).toList();
        this.ownName = ownName.toLowerCase(Locale.ROOT);
    }

    static AccessRules of(Settings settings) {
        return new AccessRules(settings, machineName());
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            LOG.log(Level.FINE, "This machine does not know its name", e);
            return "localhost";
        }
    }

    /** Whether pages of anywhere may call REST, because somebody wrote so. */
    boolean isOpenToAllOrigins() {
        return origins.contains("*");
    }

    /** Whether any proxies are believed. */
    boolean hasProxies() {
        return !proxies.isEmpty();
    }

    /**
     * Who is behind a connection.
     *
     * @param peer address of its other end
     * @param via  what the request says of proxies in between
     */
    Caller caller(InetAddress peer, ProxyHeaders via) {
        if (via.areNone() || !proxies.contains(peer)) {
            return new Caller(peer, via.areNone());
        }
        Caller client = client(peer, via.hops());
        // a proxy writes one of the headers; the other one may be the client's own
        return via.agree() ? client : new Caller(client.address(), false);
    }

    /** @param named by the proxies, the last by the one next to us */
    private Caller client(InetAddress peer, List<String> named) {
        if (named.isEmpty()) {
            return new Caller(peer, false);
        }
        List<String> hops = new ArrayList<>(named);
        InetAddress client = peer;
        // the last is what the proxy itself has seen; what stands before it is to be believed of a proxy alone
        while (!hops.isEmpty() && proxies.contains(client)) {
            Optional<InetAddress> hop = address(hops.remove(hops.size() - 1));
            if (hop.isEmpty()) {
                return new Caller(client, false);
            }
            client = hop.get();
        }
        return new Caller(client, true);
    }

    private static Optional<InetAddress> address(String text) {
        String digits = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!digits.matches("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return Optional.empty();
        }
        try {
            // digits only, so this asks no name server
            return Optional.of(InetAddress.getByName(digits));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a page of that origin may open a WebSocket.
     *
     * @param host   that the WebSocket is asked of
     * @param origin null when it is no page that asks
     */
    Optional<Refused> webSocket(String host, String origin) {
        return origin == null
                        || domains.isEmpty()
                        || host(origin).filter(domains::contain).isPresent()
                        || isOwnName(host) && isOwn(origin, host)
                ? Optional.empty()
                : Optional.of(new Refused(403, "Pages of this origin may not connect (allow_domains)."));
    }

    /** Whether REST answers. */
    Optional<Refused> rest(Call call) {
        if (!isNear(call.caller()) && !addresses.contains(call.caller().address())) {
            return refuse(403, "REST is for this machine and its own networks (rest_allow_addresses).");
        }
        if (!isOwnName(call.host())) {
            return refuse(403, "This server has another name (rest_allow_hosts).");
        }
        if (call.origin() != null && !mayCall(call.origin(), call.host())) {
            return refuse(
                    403,
                    "Pages of this origin may not call REST (allow_domains, " + "rest_access_control_allow_origin).");
        }
        if (call.body() && !isJson(call.contentType())) {
            return refuse(415, "A body has to be application/json.");
        }
        return Optional.empty();
    }

    /** Whether the list of films is shown, which the pages of this server ask for. */
    Optional<Refused> filmList(Caller caller, String host, String origin) {
        if (list.equals("always")) {
            return Optional.empty();
        }
        return list.equals("never") || !isNear(caller)
                ? refuse(403, "The list of films is for this machine and its own networks, or for nobody (vod_list).")
                : rest(new Call(caller, host, origin, null, false));
    }

    private static Optional<Refused> refuse(int status, String sentence) {
        return Optional.of(new Refused(status, sentence));
    }

    private static boolean isNear(Caller caller) {
        InetAddress address = caller.address();
        byte[] bytes = address.getAddress();
        // RFC 4193
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return caller.vouched()
                && (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || uniqueLocal);
    }

    /** A page whose name an attacker has point here asks under that name. @param host with its port, or without */
    private boolean isOwnName(String host) {
        if (host == null || host.isBlank()) {
            return false;
        }
        String name = name(host);
        return ADDRESS.matcher(name).matches()
                || name.equals("localhost")
                || name.equals(ownName)
                || hosts.contain(name);
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether a page of that origin may call REST that is asked under that name. */
    boolean mayCall(String origin, String host) {
        return isOpenToAllOrigins()
                || origins.contains(origin.toLowerCase(Locale.ROOT))
                || host(origin).filter(domains::contain).isPresent()
                || isOwn(origin, host);
    }

    private boolean isOwn(String origin, String host) {
        try {
            URI page = new URI(origin);
            if (page.getHost() == null || host == null || !page.getHost().equalsIgnoreCase(name(host))) {
                return false;
            }
            int standard = "https".equals(page.getScheme()) ? 443 : 80;
            int port = page.getPort() < 0 ? standard : page.getPort();
            int colon = host.lastIndexOf(':');
            String asked = colon > host.lastIndexOf(']') ? host.substring(colon + 1) : Integer.toString(standard);
            return asked.equals(Integer.toString(port)) || ports.contains(port);
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    private static Optional<String> host(String origin) {
        try {
            return Optional.ofNullable(new URI(origin).getHost());
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && contentType
                        .split(";", 2)[0]
                        .trim()
                        .toLowerCase(Locale.ROOT)
                        .matches("application/([a-z.-]+\\+)?json");
    }
}
