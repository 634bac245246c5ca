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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reelcast.config.Settings;
import org.reelcast.output.recording.RecordingService;
import org.reelcast.source.publish.PublishService;
import org.reelcast.source.vod.VodService;
import org.reelcast.stream.StreamService;

/** Brings the clients' connections up with the server and down before the streams. */
@Singleton
@Startup
@DependsOn("VodService")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignallingService {
    @EJB
    private VodService vod;

    @EJB
    private PublishService publishing;

    @EJB
    private RecordingService recording;

    @EJB
    private StreamService streams;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private Connections connections;
    private Future<?> ticks;
    private WarmUp warmUp;

    /** For the container. */
    public SignallingService() {
    }

    @PostConstruct
    void start() {
        Settings settings = Settings.load();
        connections = new Connections(vod, publishing, recording, executor, settings);
        long intervalMs = connections.tickIntervalMs();
        ticks = scheduler.scheduleWithFixedDelay(connections::tick, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
        warmUp = new WarmUp(streams.transport(), settings);
        warmUp.start();
    }

    /** Ends all streams and says good-bye to all clients; a second time nothing is left to do. */
    @PreDestroy
    public void stop() {
        warmUp.stop();
        ticks.cancel(false);
        connections.stop();
    }

    /** The clients. */
    public Connections connections() {
        return connections;
    }
}
