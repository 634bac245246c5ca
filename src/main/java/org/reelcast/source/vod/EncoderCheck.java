package org.reelcast.source.vod;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.reelcast.codec.encoders.VideoEncoders;
import org.reelcast.server.ReadinessCheck;

/** The encoder in the answer of {@code /health}: which one, and why; the server is ready with any of them. */
@ApplicationScoped
public class EncoderCheck implements ReadinessCheck {

    /** For the container. */
    public EncoderCheck() {}

    @Override
    public String name() {
        return "encoder";
    }

    @Override
    public Optional<String> whyNotReady() {
        return Optional.empty();
    }

    @Override
    public Optional<String> detail() {
        return Optional.of(VideoEncoders.ofProcess().choice());
    }
}
