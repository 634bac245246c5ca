package org.reelcast.server;

import java.util.Optional;

/** A part of the server that must be up before viewers can be sent here; every CDI bean of this type is asked. */
public interface ReadinessCheck {

    /** What it is, one word: {@code media}. */
    String name();

    /** Nothing when it is up, else a sentence that says why not. Called often; does not block. */
    Optional<String> whyNotReady();

    /** What else operators may want to know of it, a sentence. */
    default Optional<String> detail() {
        return Optional.empty();
    }
}
