package org.reelcast.signalling;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reelcast.cluster.ClusterService;
import org.reelcast.config.Keys;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** Lets clients in by WebSocket, and says good-bye to them before the streams go. */
@ApplicationScoped
public class SignallingService implements Feature {
    @Inject
    @Any
    private Instance<StreamHandler> streamHandlers;

    @Inject
    @Any
    private Instance<MessageHandler> messageHandlers;

    @Inject
    private ClusterService clusters;

    private Connections connections;
    private long drainMs;

    /** For the container. */
    public SignallingService() {}

    @Override
    public Stage stage() {
        return Stage.CLIENTS;
    }

    @Override
    public Closeable start(ServerContext server) {
        connections =
                new Connections(server.streams(), new Handlers(streamHandlers, messageHandlers), server.settings());
        drainMs = server.settings().get(Keys.DRAIN_S) * 1000L;
        long intervalMs = connections.tickIntervalMs();
        Future<?> ticks = server.scheduler()
                .scheduleWithFixedDelay(connections::tick, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
        return () -> {
            ticks.cancel(false);
            connections.stop();
        };
    }

    @Override
    public void leave() {
        if (clusters.isLeftToOthers()) {
            connections.sendAway(drainMs);
            clusters.leaveRest();
        }
    }

    /** The clients. */
    Connections connections() {
        return connections;
    }
}
