package org.reelcast.output.recording;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import org.reelcast.config.Settings;

/** Recording: brings the {@link Recordings} up with the server, finishing what was cut off, and ends them with it. */
@Singleton
@Startup
@DependsOn("StreamService")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RecordingService {
    private static final long FINISH_MS = 10_000;

    @Resource
    private ManagedExecutorService executor;

    private Recordings recordings;

    /** For the container. */
    public RecordingService() {
    }

    @PostConstruct
    void start() {
        recordings = new Recordings(Settings.read(), executor);
        recordings.start();
    }

    @PreDestroy
    void stop() {
        recordings.close(FINISH_MS);
    }

    public Recordings recordings() {
        return recordings;
    }
}
