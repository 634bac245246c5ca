package org.reelcast.signalling;

/** A stream that a client plays or publishes. */
interface ClientStream {

    String mediaSessionId();

    String name();

    /** What the client does with it, for the log: {@code plays}. */
    String verb();

    /** Takes up the client's offer; once. */
    void start(Connections services, String offer);

    /** Ends the client's part, and says why; any thread, any number of times. */
    void stop(String info);
}
