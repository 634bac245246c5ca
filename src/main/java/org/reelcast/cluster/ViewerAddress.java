package org.reelcast.cluster;

import java.util.Map;
import java.util.Optional;
import org.reelcast.cluster.grid.Node;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * Where viewers reach a node.
 *
 * @param host name or address
 * @param ws   port of WebSocket connections; 0 for none
 * @param wss  the same with TLS
 * @param http port of pages and REST; 0 for none
 * @param https the same with TLS
 */
public record ViewerAddress(String host, int ws, int wss, int http, int https) {
    private static final String HOST = "host";
    private static final String WS = "ws";
    private static final String WSS = "wss";
    private static final String HTTP = "http";
    private static final String HTTPS = "https";

    /** Empty when the node does not say. */
    static Optional<ViewerAddress> of(Node node) {
        return Optional.ofNullable(node.facts().get(HOST))
                .map(host ->
                        new ViewerAddress(host, port(node, WS), port(node, WSS), port(node, HTTP), port(node, HTTPS)));
    }

    private static int port(Node node, String kind) {
        return Integer.parseInt(node.facts().getOrDefault(kind, "0"));
    }

    static ViewerAddress of(String host, Settings settings) {
        return new ViewerAddress(
                host,
                settings.get(Keys.WS_PORT),
                settings.get(Keys.WSS_PORT),
                settings.get(Keys.HTTP_PORT),
                settings.get(Keys.HTTPS_PORT));
    }

    /** What the node says of itself. */
    Map<String, String> facts() {
        return Map.of(HOST, host, WS, text(ws), WSS, text(wss), HTTP, text(http), HTTPS, text(https));
    }

    private static String text(int port) {
        return Integer.toString(port);
    }

    /** Where a page asks for something; empty when the node has no such port. @param path without a slash before it */
    public Optional<String> page(boolean secure, String path) {
        int port = secure ? https : http;
        return port > 0
                ? Optional.of((secure ? HTTPS : HTTP) + "://" + authority() + ":" + port + "/" + path)
                : Optional.empty();
    }

    private String authority() {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** For a sentence: {@code ws://10.0.0.2:8080}. */
    @Override
    public String toString() {
        return ws > 0 ? "ws://" + authority() + ":" + ws : "wss://" + authority() + ":" + wss;
    }
}
