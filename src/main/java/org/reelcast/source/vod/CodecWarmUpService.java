package org.reelcast.source.vod;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Closeable;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/**
 * Runs the warm-up of codecs; it ends with the first that a stopping server stops, as long as its classes are found.
 */
@ApplicationScoped
public class CodecWarmUpService implements Feature {
    @Inject
    private VodService films;

    /** For the container. */
    public CodecWarmUpService() {}

    @Override
    public Stage stage() {
        return Stage.CLIENTS;
    }

    @Override
    public Closeable start(ServerContext server) {
        CodecWarmUp warmUp = films.warmUp();
        server.afterStart(warmUp::run);
        return warmUp::stop;
    }
}
