package org.reelcast.rest;

import java.util.List;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * What each of WCS's ports serves. A port that the settings do not have serves all. The ports of pages take WebSockets at one
 * path as well, so that a page needs no other port than its own, and a proxy no second one.
 */
final class PortRules {
    /** Where a page connects on its own port. */
    static final String SOCKET = "/ws";

    private final List<Integer> webSocket;
    private final List<Integer> pages;
    private final List<Integer> hls;

    /** @param refused whether the request ends here @param status and how @param sentence for whoever sent it */
    record Verdict(boolean refused, int status, String sentence) {
        private static final Verdict GO_ON = new Verdict(false, 200, "");

        private static Verdict refuse(int status, String sentence) {
            return new Verdict(true, status, sentence);
        }
    }

    PortRules(Settings settings) {
        webSocket = List.of(settings.get(Keys.WS_PORT), settings.get(Keys.WSS_PORT));
        pages = List.of(settings.get(Keys.HTTP_PORT), settings.get(Keys.HTTPS_PORT));
        hls = List.of(settings.get(Keys.HLS_PORT), settings.get(Keys.HLS_HTTPS_PORT));
    }

    /**
     * @param upgrade whether the request asks for a WebSocket (RFC 6455 section 4.1)
     * @param path    of the request, below the application
     */
    Verdict check(int localPort, boolean upgrade, String path) {
        if (webSocket.contains(localPort) && !upgrade) {
            return Verdict.refuse(
                    426,
                    "This port takes WebSocket connections alone; pages and REST are on port "
                            + pages.get(webSocket.indexOf(localPort)) + ".");
        }
        if (pages.contains(localPort) && upgrade && !path.equals(SOCKET)) {
            return Verdict.refuse(
                    404,
                    "WebSocket connections are at " + SOCKET + ", and at any path on port "
                            + webSocket.get(pages.indexOf(localPort)) + ".");
        }
        if (hls.contains(localPort) && upgrade) {
            return Verdict.refuse(
                    404, "WebSocket connections are on port " + webSocket.get(hls.indexOf(localPort)) + ".");
        }
        return Verdict.GO_ON;
    }
}
