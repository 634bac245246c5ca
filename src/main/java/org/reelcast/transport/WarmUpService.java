package org.reelcast.transport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Closeable;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;

/** Plays viewer for a while after the start, so that the first viewers find compiled what they need. */
@ApplicationScoped
public class WarmUpService implements Feature {
    @Inject
    private WebRtcService webRtc;

    /** For the container. */
    public WarmUpService() {}

    @Override
    public Stage stage() {
        return Stage.CLIENTS;
    }

    @Override
    public Closeable start(ServerContext server) {
        WarmUp warmUp = new WarmUp(webRtc.transport(), server.settings());
        server.afterStart(warmUp::start);
        return warmUp::stop;
    }
}
