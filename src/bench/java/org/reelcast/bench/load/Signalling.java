package org.reelcast.bench.load;

import java.util.concurrent.CompletableFuture;

/** How one viewer comes to a server's stream. */
interface Signalling {

    /** Connects, as far as a client does before its user presses Play. */
    CompletableFuture<Void> connect();

    /**
     * Asks to play and gives the server's description to the viewer; complete when the server says that it plays.
     *
     * @param stream the server's name of it
     */
    CompletableFuture<Void> play(LoadViewer viewer, String stream);

    /** Leaves. */
    void close();
}
