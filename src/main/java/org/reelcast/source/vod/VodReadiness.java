package org.reelcast.source.vod;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Ready when films can be played without the first viewer waiting for what is slow the first time. */
@ApplicationScoped
public class VodReadiness implements ReadinessCheck {
    @EJB
    private VodService vod;

    /** For the container. */
    public VodReadiness() {
    }

    @Override
    public String name() {
        return "media";
    }

    @Override
    public Optional<String> whyNotReady() {
        return vod.isWarm() ? Optional.empty() : Optional.of("Codecs and encryption are being warmed up.");
    }
}
