package org.reelcast.stream;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import org.reelcast.config.Keys;
import org.reelcast.config.Settings;
import org.reelcast.loop.LoadLimits;
import org.reelcast.loop.MediaLoops;
import org.reelcast.webrtc.WebRtcOptions;
import org.reelcast.webrtc.WebRtcTransport;

/**
 * What all makers and takers of streams share: the media loops with their ports, and the streams by name.
 *
 * <p>The services come up in a row, each depending on one other: Payara 6 now and then takes two ways to one bean for a
 * cycle and refuses to start (eclipse-ee4j/glassfish#25762).
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StreamService {
    private final StreamRegistry registry = new StreamRegistry();
    private MediaLoops loops;
    private WebRtcTransport transport;

    /** For the container. */
    public StreamService() {
    }

    @PostConstruct
    void start() {
        try {
            Settings settings = Settings.load();
            int count = settings.get(Keys.MEDIA_LOOPS);
            loops = MediaLoops.open(count > 0 ? count : Runtime.getRuntime().availableProcessors(),
                    new LoadLimits(settings.get(Keys.ADMISSION_MAX_LOAD),
                            settings.get(Keys.ADMISSION_MAX_DELAY) * 1000L));
            transport = WebRtcTransport.open(WebRtcOptions.of(settings), loops);
        } catch (IOException e) {
            throw new IllegalStateException("Media cannot be sent: " + e.getMessage(), e);
        }
    }

    @PreDestroy
    void stop() {
        transport.close();
        loops.close();
    }

    public MediaLoops loops() {
        return loops;
    }

    public WebRtcTransport transport() {
        return transport;
    }

    /** The streams that can be joined by name. */
    public StreamRegistry registry() {
        return registry;
    }
}
