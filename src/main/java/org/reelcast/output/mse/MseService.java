package org.reelcast.output.mse;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.util.Set;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.StreamHandler;
import org.reelcast.signalling.StreamRequest;

/** Playing by MSE, for browsers that have no WebRTC and where its packets do not get through. */
@ApplicationScoped
public class MseService implements Feature, StreamHandler {
    static final String MEDIA_PROVIDER = "MSE";

    private MsePlaybacks playbacks;

    /** For the container. */
    public MseService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        playbacks = new MsePlaybacks(
                server.streams(), new MseFeeds(server.shortTasks()), server.admission(), server.shortTasks());
        return () -> {
            // viewers end with their streams
        };
    }

    @Override
    public String message() {
        return "playStream";
    }

    @Override
    public Set<String> mediaProviders() {
        return Set.of(MEDIA_PROVIDER);
    }

    @Override
    public ClientStream open(StreamRequest request) {
        return new MsePlayback(request, playbacks);
    }
}
