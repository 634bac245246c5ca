package org.reelcast.signalling;

import java.util.Set;
import org.reelcast.refusal.Refusal;

/**
 * Serves requests for streams of one kind: every CDI bean of this type is asked. A feature that plays or publishes
 * brings one.
 */
public interface StreamHandler {

    /** The message that it answers: {@code playStream} or {@code publishStream}. */
    String message();

    /** The {@code mediaProvider}s of the messages that it answers: {@code WebRTC}. */
    Set<String> mediaProviders();

    /**
     * The client's part in the stream, not started yet. Does not block.
     *
     * @throws Refusal when the request cannot be meant
     */
    ClientStream open(StreamRequest request) throws Refusal;
}
