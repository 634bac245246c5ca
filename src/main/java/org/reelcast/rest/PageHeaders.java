package org.reelcast.rest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What browsers are told of the bundled pages: which scripts run in them, who may show them in a frame, what they may ask
 * for. Those of others, {@code /client2/} and films, are not told: pages there have scripts of their own.
 */
final class PageHeaders {
    private static final String RECORDER = "/recorder";
    /** Our scripts alone, none within a page; servers, films and pictures of anywhere, as users name them. */
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src * data: blob:; "
                    + "media-src * blob:; connect-src * ws: wss:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
                    + "form-action 'self'; frame-ancestors ";
    /** What no page here asks for, whoever writes into it. */
    private static final String NEVER = "geolocation=(), payment=(), usb=(), serial=(), bluetooth=(), midi=()";

    private final int hstsSeconds;

    /** @param hstsSeconds for how long browsers shall come by https alone; 0 = they are not told */
    PageHeaders(int hstsSeconds) {
        this.hstsSeconds = hstsSeconds;
    }

    /** @param secure whether the page goes by https */
    Map<String, String> of(String path, boolean secure) {
        boolean recorder = path.startsWith(RECORDER);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "same-origin");
        // whoever frames the recorder could have somebody press Record unawares
        headers.put("Content-Security-Policy", POLICY + (recorder ? "'none'" : "*"));
        String devices = recorder ? "(self)" : "()";
        headers.put("Permissions-Policy", "camera=" + devices + ", microphone=" + devices + ", " + NEVER);
        if (path.startsWith("/sdk/")) {
            // public scripts, for the pages of all sites
            headers.put("Access-Control-Allow-Origin", "*");
        }
        if (secure && hstsSeconds > 0) {
            headers.put("Strict-Transport-Security", "max-age=" + hstsSeconds);
        }
        return headers;
    }
}
