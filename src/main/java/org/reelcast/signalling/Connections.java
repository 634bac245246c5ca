package org.reelcast.signalling;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.websocket.Session;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.vod.VodService;

/** All clients: their keep-alive, the ids of their streams, their end when the server stops. */
@Singleton
@Startup
@DependsOn("VodService")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class.getName());
    private static final long MAX_TICK_MS = 1000;
    /** How long the last messages may take when the server stops. */
    private static final long FLUSH_MS = 2000;

    @EJB
    private VodService vod;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private Settings settings;
    private final SecureRandom random = new SecureRandom();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Set<String> mediaSessionIds = ConcurrentHashMap.newKeySet();

    /** For the container. */
    public Connections() {
    }

    @PostConstruct
    void start() {
        settings = Settings.load();
        long tickMs = Math.max(50, Math.min(MAX_TICK_MS, Math.min(pingIntervalMs(), connectTimeoutMs()) / 2));
        scheduler.scheduleWithFixedDelay(this::tick, tickMs, tickMs, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long nowMs = monotonicMs();
        for (Connection connection : open) {
            try {
                connection.tick(nowMs);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Unexpected error at the keep-alive of " + connection.address(), e);
            }
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        vod.endAll();
        long deadlineMs = monotonicMs() + FLUSH_MS;
        while (monotonicMs() < deadlineMs && !open.stream().allMatch(Connection::isFlushed)) {
            Thread.sleep(10);
        }
        open.forEach(Connection::closeForShutdown);
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
                vod.whyUnavailable(message.string("name")).orElse(null))));
    }

    /** 128 random bits. */
    String newToken() {
        byte[] token = new byte[16];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    VodService vod() {
        return vod;
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

    private static long monotonicMs() {
        return System.nanoTime() / 1_000_000;
    }
}
