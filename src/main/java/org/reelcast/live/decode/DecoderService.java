package org.reelcast.live.decode;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import org.reelcast.loop.BoundedExecutor;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** The decoders of live streams, which all features share that make streams of streams. */
@ApplicationScoped
public class DecoderService implements Feature {
    /** Decoders take turns several times a second. */
    private static final long LINGER_MS = 3_000;

    private Decoders decoders;

    /** For the container. */
    public DecoderService() {}

    @Override
    public Stage stage() {
        return Stage.TRANSPORT;
    }

    /** Decoders end with the streams. */
    @Override
    public Closeable start(ServerContext server) {
        // one for each core, and one more, so that one large picture does not hold up all others
        int threads = Runtime.getRuntime().availableProcessors() + 1;
        decoders = new Decoders(new BoundedExecutor(server.executor(), threads, LINGER_MS));
        return () -> {};
    }

    public Decoders decoders() {
        return decoders;
    }
}
