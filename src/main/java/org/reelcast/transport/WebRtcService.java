package org.reelcast.transport;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.reelcast.server.Feature;
import org.reelcast.server.ReadinessCheck;
import org.reelcast.server.ServerContext;
import org.reelcast.webrtc.WebRtcOptions;
import org.reelcast.webrtc.WebRtcTransport;
import org.reelcast.webrtc.srtp.GcmSealers;

/** The WebRTC transport, which those who watch and those who publish share. */
@ApplicationScoped
public class WebRtcService implements Feature, ReadinessCheck {
    private volatile WebRtcTransport transport;

    /** For the container. */
    public WebRtcService() {}

    @Override
    public Stage stage() {
        return Stage.TRANSPORT;
    }

    @Override
    public Closeable start(ServerContext server) throws IOException {
        transport = WebRtcTransport.open(WebRtcOptions.of(server.settings()), server.loops());
        return transport;
    }

    public WebRtcTransport transport() {
        return transport;
    }

    @Override
    public String name() {
        return "webrtc";
    }

    @Override
    public Optional<String> whyNotReady() {
        return transport.warm().isDone() ? Optional.empty() : Optional.of("Encryption is being warmed up.");
    }

    @Override
    public Optional<String> detail() {
        return Optional.of(GcmSealers.mode());
    }
}
