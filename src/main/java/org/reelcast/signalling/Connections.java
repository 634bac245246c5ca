package org.reelcast.signalling;

import jakarta.websocket.Session;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.sharing.ClientAddresses;
import org.reelcast.stream.Streams;

/** All clients: they come, are looked after, and are told good-bye when the server stops. */
public final class Connections {
    private static final Logger LOG = Logger.getLogger(Connections.class.getName());
    /** How long the last messages may take when the server stops. */
    private static final long FLUSH_MS = 2000;

    private final Connection.Services services;
    private final ClientAddresses addresses;
    private final int maxMessageSize;
    private final OutboxBudget outboxes = OutboxBudget.ofTheHeap();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    Connections(Streams streams, Handlers handlers, Settings settings) {
        services = new Connection.Services(
                handlers,
                new MediaSessions(),
                new Availability(streams),
                ConnectionLimits.of(settings),
                new SecureRandom(),
                new ConcurrentHashMap<>(),
                new ClientLogs(LOG::log, Connections::monotonicMs));
        addresses = new ClientAddresses(settings.get(Keys.WS_MAX_CONNECTIONS));
        maxMessageSize = settings.get(Keys.WS_MAX_MESSAGE_SIZE);
    }

    /** How often {@link #tick} is to be called. */
    long tickIntervalMs() {
        return services.limits().tickIntervalMs();
    }

    /** Looks after the keep-alive of all. */
    void tick() {
        for (Connection connection : open) {
            try {
                connection.tick(monotonicMs());
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "Unexpected error at the keep-alive of " + connection.address(), e);
            }
        }
    }

    /**
     * All clients of this moment are told that their streams are over here, and disconnected, spread over the time.
     * Blocks until then.
     */
    void sendAway(long overMs) {
        List<Connection> all = List.copyOf(open);
        long beginMs = monotonicMs();
        try {
            for (int i = 0; i < all.size(); i++) {
                long waitMs = beginMs + overMs * i / all.size() - monotonicMs();
                if (waitMs > 0) {
                    TimeUnit.MILLISECONDS.sleep(waitMs);
                }
                all.get(i).sendAway(monotonicMs() + FLUSH_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server stops, and all streams have ended: the clients hear of it, the connections close. */
    void stop() {
        long deadlineMs = monotonicMs() + FLUSH_MS;
        open.forEach(connection -> connection.closeForShutdown(deadlineMs));
    }

    /** How many come from where. */
    ClientAddresses addresses() {
        return addresses;
    }

    Connection open(Session session, String address) {
        session.setMaxTextMessageBufferSize(maxMessageSize);
        session.setMaxIdleTimeout(0);
        Connection connection =
                new Connection(address, new Outbox(session, outboxes), services, open::remove, monotonicMs());
        open.add(connection);
        return connection;
    }

    private static long monotonicMs() {
        return MonotonicClock.nowUs() / 1000;
    }
}
