package org.reelcast.signalling;

/** A connected client, as those see it who answer its messages. Any thread. */
public interface Client {

    /** Sends a message, see {@link Message#text}. */
    void send(String text);

    /** For media that the client takes on sockets of their own. */
    MediaSockets mediaSockets();

    /** What the log calls the client. */
    String address();

    /** Who the client says it is; empty when it does not. Not to be trusted. */
    String login();
}
