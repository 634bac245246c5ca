package org.reelcast.e2e.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One server's ports.
 *
 * @param mediaFrom first UDP port for media
 * @param mediaTo   last UDP port for media
 */
public record Ports(int ws, int wss, int http, int https, int hls, int hlss, int mediaFrom, int mediaTo) {
    private static final int MEDIA_PORTS = 4;

    static Ports free() {
        int first = FreePorts.block(6 + MEDIA_PORTS);
        return new Ports(
                first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 5 + MEDIA_PORTS);
    }

    /** The keys of flashphoner.properties that set them. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ws.port", Integer.toString(ws));
        settings.put("wss.port", Integer.toString(wss));
        settings.put("http.port", Integer.toString(http));
        settings.put("https.port", Integer.toString(https));
        settings.put("hls.port", Integer.toString(hls));
        settings.put("hls.https.port", Integer.toString(hlss));
        settings.put("media_port_from", Integer.toString(mediaFrom));
        settings.put("media_port_to", Integer.toString(mediaTo));
        return settings;
    }
}
