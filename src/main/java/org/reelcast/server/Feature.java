package org.reelcast.server;

import java.io.Closeable;
import java.io.IOException;

/**
 * A part of the server that comes up and goes down with it: a source, an output, the clients' connections. Each is a
 * CDI bean in its own package; the server finds all of them, and none needs to be named elsewhere.
 */
public interface Feature {

    /** When a feature starts: those of an earlier stage are up by then. They stop the other way round. */
    enum Stage {
        /** What others send and receive by. */
        TRANSPORT,
        /** What makes streams. */
        SOURCE,
        /** What takes them. */
        OUTPUT,
        /** What lets clients in. */
        CLIENTS
    }

    Stage stage();

    /**
     * The server is about to stop, and nothing has ended yet: what others can take over is theirs now. Called in the
     * order of the stages, may take its time.
     */
    default void leave() {}

    /**
     * Starts; called once, before the first request.
     *
     * @return stops it: all that it has begun has ended then
     * @throws IOException when the server cannot run without it; the message is a sentence
     */
    Closeable start(ServerContext server) throws IOException;
}
