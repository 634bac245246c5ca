package org.reelcast.signalling;

import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * What a connection may take.
 *
 * @param maxStreams       streams that a client may play and publish at a time
 * @param pingIntervalMs   between two pings
 * @param probes           pings that may stay unanswered
 * @param connectTimeoutMs until the first message must have come
 */
record ConnectionLimits(int maxStreams, long pingIntervalMs, int probes, long connectTimeoutMs) {
    private static final long MAX_TICK_MS = 1000;
    private static final long MIN_TICK_MS = 50;
    /** A page may ask for many films at once whether they are there. */
    private static final int MAX_QUESTIONS = 100;

    static ConnectionLimits of(Settings settings) {
        return new ConnectionLimits(
                settings.get(Keys.WS_MAX_STREAMS),
                settings.get(Keys.KEEP_ALIVE_SERVER_INTERVAL),
                settings.get(Keys.KEEP_ALIVE_PROBES),
                settings.get(Keys.WS_CONNECT_TIMEOUT));
    }

    /** Tasks of a client that may wait for others of it: each of its streams, and questions. */
    int maxTasks() {
        return maxStreams + MAX_QUESTIONS;
    }

    /** How often the connections are to be looked after. */
    long tickIntervalMs() {
        return Math.max(MIN_TICK_MS, Math.min(MAX_TICK_MS, Math.min(pingIntervalMs, connectTimeoutMs) / 2));
    }
}
