package org.reelcast.process.transcoder;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;

/** {@code /rest-api/transcoder2}: the calls of WCS's second transcoder, which are the same. */
@Path("transcoder2")
@RequestScoped
public class Transcoder2Resource extends TranscoderCalls {

    /** For the container. */
    public Transcoder2Resource() {}
}
