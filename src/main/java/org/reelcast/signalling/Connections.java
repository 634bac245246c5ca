package org.reelcast.signalling;

import jakarta.websocket.Session;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.refusal.Refusal;
import org.reelcast.stream.Streams;

/** All clients: their keep-alive, the ids of their streams, their end when the server stops. */
public final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class.getName());
    private static final long MAX_TICK_MS = 1000;
    private static final long MIN_TICK_MS = 50;
    /** How long the last messages may take when the server stops. */
    private static final long FLUSH_MS = 2000;

    private final Streams streams;
    private final Handlers handlers;
    private final Executor executor;
    private final Settings settings;
    private final SecureRandom random = new SecureRandom();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<String> mediaSessionIds = ConcurrentHashMap.newKeySet();

    /** @param executor for what blocks */
    Connections(Streams streams, Handlers handlers, Executor executor, Settings settings) {
        this.streams = streams;
        this.handlers = handlers;
        this.executor = executor;
        this.settings = settings;
    }

    /** How often {@link #tick} is to be called. */
    long tickIntervalMs() {
        return Math.max(MIN_TICK_MS, Math.min(MAX_TICK_MS, Math.min(pingIntervalMs(), connectTimeoutMs()) / 2));
    }

    /** Looks after the keep-alive of all. */
    void tick() {
        long nowMs = monotonicMs();
        for (Connection connection : open) {
            try {
                connection.tick(nowMs);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Unexpected error at the keep-alive of " + connection.address(), e);
            }
        }
    }

    /** The server stops, and all streams have ended: the clients hear of it, the connections close. */
    void stop() {
        long deadlineMs = monotonicMs() + FLUSH_MS;
        open.forEach(connection -> connection.closeForShutdown(deadlineMs));
    }

    Connection open(Session session, String address) {
        session.setMaxTextMessageBufferSize(settings.get(Keys.WS_MAX_MESSAGE_SIZE));
        session.setMaxIdleTimeout(0);
        Connection connection = new Connection(address, new Outbox(session), this, monotonicMs());
        open.add(connection);
        return connection;
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /** @return false when another stream has the id */
    boolean claim(String mediaSessionId) {
        return mediaSessionIds.add(mediaSessionId);
    }

    void free(String mediaSessionId) {
        mediaSessionIds.remove(mediaSessionId);
    }

    void answerAvailable(Message message, Connection connection) {
        executor.execute(() -> connection.send(Connection.available(message,
                streams.whyUnavailable(message.string("name")).map(Refusal::status).orElse(null))));
    }

    /** 128 random bits. */
    String newToken() {
        byte[] token = new byte[16];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    Handlers handlers() {
        return handlers;
    }

    int maxStreams() {
        return settings.get(Keys.WS_MAX_STREAMS);
    }

    long pingIntervalMs() {
        return settings.get(Keys.KEEP_ALIVE_SERVER_INTERVAL);
    }

    int probes() {
        return settings.get(Keys.KEEP_ALIVE_PROBES);
    }

    long connectTimeoutMs() {
        return settings.get(Keys.WS_CONNECT_TIMEOUT);
    }

    /** For time spans. */
    static long monotonicMs() {
        return System.nanoTime() / 1_000_000;
    }
}
