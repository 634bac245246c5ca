package org.reelcast.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the headers of a request say of proxies in between.
 *
 * @param xForwardedFor the addresses of {@code X-Forwarded-For}
 * @param forwarded     those that {@code Forwarded} has with {@code for=} (RFC 7239 section 5.2)
 * @param any           whether there is any header that proxies leave behind, {@code Via} too
 */
record ProxyHeaders(List<String> xForwardedFor, List<String> forwarded, boolean any) {
    /** Of a request that came directly. */
    static final ProxyHeaders NONE = new ProxyHeaders(List.of(), List.of(), false);

    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("(\\[[^\\]]*]|[0-9.]+)(?::[0-9]+)?");

    static ProxyHeaders of(HttpServletRequest request) {
        List<String> xForwardedFor = values(request, "X-Forwarded-For");
        List<String> forwarded = values(request, "Forwarded");
        return xForwardedFor.isEmpty() && forwarded.isEmpty() && request.getHeader("Via") == null
                ? NONE
                : of(xForwardedFor, forwarded);
    }

    /** @param elements of {@code Forwarded}, as it has them between commas */
    static ProxyHeaders of(List<String> xForwardedFor, List<String> elements) {
        return new ProxyHeaders(
                xForwardedFor, elements.stream().map(ProxyHeaders::client).toList(), true);
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .toList();
    }

    /** The client that an element names, without its port; empty when it names none. */
    private static String client(String element) {
        Matcher named = FOR.matcher(element);
        if (!named.find()) {
            return "";
        }
        String client = named.group(1) == null ? named.group(2) : named.group(1);
        Matcher address = PORT.matcher(client);
        return address.matches() ? address.group(1) : client;
    }

    boolean areNone() {
        return !any;
    }

    /** The clients, each as the next one has seen it, the last as the proxy next to us has. */
    List<String> hops() {
        return xForwardedFor.isEmpty() ? forwarded : xForwardedFor;
    }

    /** Whether there is one account of the clients only, or two that say the same. */
    boolean agree() {
        return Stream.of(xForwardedFor, forwarded)
                        .filter(hops -> !hops.isEmpty())
                        .distinct()
                        .count()
                < 2;
    }
}
