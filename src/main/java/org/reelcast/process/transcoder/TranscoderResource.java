package org.reelcast.process.transcoder;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** {@code /rest-api/transcoder}: the calls of WCS's first transcoder. */
@Path("transcoder")
@RequestScoped
public class TranscoderResource extends TranscoderCalls {

    /** For the container. */
    public TranscoderResource() {}
}
