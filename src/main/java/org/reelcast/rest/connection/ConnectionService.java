package org.reelcast.rest.connection;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.MonotonicClock;
import org.reelcast.rest.OwnListeners;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.sharing.ClientAddresses;

/** Looks after the connections of this server's own listeners; those of a full application server are left as they are. */
@ApplicationScoped
public class ConnectionService implements Feature {
    private static final Logger LOG = Logger.getLogger(ConnectionService.class.getName());
    private static final long TICK_MS = 500;

    /** For the container. */
    public ConnectionService() {}

    @Override
    public Stage stage() {
        return Stage.TRANSPORT;
    }

    @Override
    public Closeable start(ServerContext server) {
        if (!OwnListeners.areOpen()) {
            return () -> {};
        }
        Settings settings = server.settings();
        try {
            ConnectionFilter filter = new ConnectionFilter(
                    settings.get(Keys.TRUSTED_PROXIES),
                    new ClientAddresses(settings.get(Keys.HTTP_MAX_CONNECTIONS)),
                    settings.get(Keys.HTTP_HEADER_TIMEOUT),
                    () -> MonotonicClock.nowUs() / 1000);
            OwnTransports.put(filter);
            Future<?> ticks =
                    server.scheduler().scheduleWithFixedDelay(filter::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
            return () -> ticks.cancel(false);
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.log(Level.WARNING, "Connections are neither counted nor bounded in time: this is another Payara", e);
            return () -> {};
        }
    }
}
