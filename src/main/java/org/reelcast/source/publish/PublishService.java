package org.reelcast.source.publish;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.util.Optional;
import java.util.Set;
import org.reelcast.cluster.ClusterService;
import org.reelcast.config.Keys;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.PublishRecorder;
import org.reelcast.signalling.StreamHandler;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.stream.Streams;
import org.reelcast.transport.WebRtcService;

/** Publishing by WebRTC: takes the requests of clients, and ends what they publish with the server. */
@ApplicationScoped
public class PublishService implements Feature, StreamHandler {
    static final String MEDIA_PROVIDER = "WebRTC";

    @Inject
    private WebRtcService webRtc;

    @Inject
    private Instance<PublishRecorder> recorders;

    @Inject
    private ClusterService clusters;

    private Publishers publishers;

    /** For the container. */
    public PublishService() {}

    @Override
    public Stage stage() {
        return Stage.SOURCE;
    }

    @Override
    public Closeable start(ServerContext server) {
        publishers = new Publishers(
                webRtc.transport(),
                server.streams(),
                server.admission(),
                server.settings().get(Keys.RTP_ACTIVITY_TIMEOUT) * 1000L,
                server.shortTasks(),
                server.settings().get(Keys.AAC_BITRATE) * 1000,
                clusters.origins());
        return () -> publishers.end(all -> true, StatusText.REQUESTED_STREAM_SHUTDOWN);
    }

    @Override
    public String message() {
        return "publishStream";
    }

    @Override
    public Set<String> mediaProviders() {
        return Set.of(MEDIA_PROVIDER);
    }

    @Override
    public ClientStream open(StreamRequest request) throws Refusal {
        if (Streams.isUri(request.name())) {
            throw new Refusal(StatusText.BAD_URI, "'" + request.name() + "' is no name for a stream");
        }
        return new Publication(
                request, publishers, recorders.isResolvable() ? recorders.get() : (stream, client) -> Optional.empty());
    }
}
