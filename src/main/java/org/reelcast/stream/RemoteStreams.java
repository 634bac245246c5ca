package org.reelcast.stream;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.reelcast.loop.Blocking;
import org.reelcast.refusal.Refusal;

/** Streams of other servers by their names: brought here when somebody wants one, or refused with a word about where it is. */
public interface RemoteStreams {

    /** Whether there is one of that name. Does not block. */
    boolean has(String name);

    /** What the stream of a media session is called. Does not block. */
    Optional<String> nameOf(String mediaSessionId);

    /**
     * A hold on that stream, which runs here then; empty when it is gone meanwhile.
     *
     * @throws Refusal when it cannot be had here
     */
    @Blocking
    Optional<Hold> open(String name, Holder who) throws Refusal;

    /** What {@link #open} is to be called by. */
    Executor opener(String name);
}
