package org.reelcast.source.publish;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamService;

/** Publishing: brings the {@link Publishers} up with the server, and ends what they publish with it. */
@Singleton
@Startup
@DependsOn("RecordingService")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PublishService {
    @EJB
    private StreamService streams;

    private Publishers publishers;

    /** For the container. */
    public PublishService() {
    }

    @PostConstruct
    void start() {
        publishers = new Publishers(streams.transport(), streams.registry(),
                Settings.load().get(Keys.RTP_ACTIVITY_TIMEOUT) * 1000L);
    }

    public Publishers publishers() {
        return publishers;
    }

    /** The server stops: all published streams end. */
    @PreDestroy
    public void endAll() {
        publishers.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
    }
}
