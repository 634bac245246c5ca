package org.reelcast.output.webrtc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.util.Optional;
import java.util.Set;
import org.reelcast.config.Keys;
import org.reelcast.live.encode.ReducedAudio;
import org.reelcast.server.Feature;
import org.reelcast.server.ServerContext;
import org.reelcast.signalling.ClientStream;
import org.reelcast.signalling.StreamHandler;
import org.reelcast.signalling.StreamRequest;
import org.reelcast.stream.Streams;
import org.reelcast.transport.WebRtcService;

/** Playing by WebRTC: takes the requests of clients. */
@ApplicationScoped
public class PlayService implements Feature, StreamHandler {
    static final String MEDIA_PROVIDER = "WebRTC";

    @Inject
    private WebRtcService webRtc;

    private Playbacks playbacks;

    /** For the container. */
    public PlayService() {}

    @Override
    public Stage stage() {
        return Stage.OUTPUT;
    }

    @Override
    public Closeable start(ServerContext server) {
        ReducedAudio.Means sounds = new ReducedAudio.Means(
                server.shortTasks(),
                server.settings().get(Keys.OPUS_BITRATE) * 1000,
                server.settings().get(Keys.OPUS_COMPLEXITY));
        Optional<Streams> sizes =
                server.settings().get(Keys.WEBRTC_ABR) ? Optional.of(server.streams()) : Optional.empty();
        playbacks = new Playbacks(
                server.streams(),
                new Viewers(webRtc.transport(), sounds, sizes, server.settings().get(Keys.WEBRTC_STRICT_PROFILES)),
                server.admission());
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
        return new ClientPlayback(request, playbacks);
    }
}
