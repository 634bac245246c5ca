package org.reelcast.config;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * WCS's keys that protect something and are not obeyed here. To ignore them would open what somebody has closed: the server
 * does not start with them.
 */
final class Protection {
    private static final String LISTEN = "; give listen_address, for all ports, and leave it out";
    private static final String ALL = "0.0.0.0";
    /** What to do, by the key. */
    private static final Map<String, String> CLOSED_BY_TRUE = Map.of(
            "hls_auth_enabled",
            "players of HLS are not asked for a token; close the HLS ports (hls.port=0, hls.https.port=0) or put a proxy in "
                    + "front that asks, and leave it out");

    private static final Map<String, String> CLOSED_BY_ADDRESS = Map.of(
            "ws.address",
            LISTEN,
            "wss.address",
            LISTEN,
            "http.address",
            LISTEN,
            "https.address",
            LISTEN,
            "hls.address",
            LISTEN,
            "hls.https.address",
            LISTEN);

    private Protection() {}

    /** Why the server does not start with these; empty when it does. @param source where they come from */
    static Optional<String> whyNot(Properties properties, String source) {
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).trim();
            if (CLOSED_BY_TRUE.containsKey(key) && value.equalsIgnoreCase("true")) {
                return Optional.of(source + ": " + key + "=true is not supported: " + CLOSED_BY_TRUE.get(key) + ".");
            }
            if (CLOSED_BY_ADDRESS.containsKey(key) && !value.isEmpty() && !value.equals(ALL)) {
                return Optional.of(
                        source + ": " + key + "=" + value + " is not supported" + CLOSED_BY_ADDRESS.get(key) + ".");
            }
        }
        return Optional.empty();
    }
}
