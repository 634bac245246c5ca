package org.reelcast.signalling;

import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.reelcast.loop.AnyThread;

/** A connected client, as those see it who answer its messages. */
@AnyThread
public interface Client {

    /** Sends a message, see {@link Message#text}. */
    void send(String text);

    /** For media that the client takes on sockets of their own. */
    MediaSockets mediaSockets();

    /** What the log calls the client. */
    String address();

    /** The IP address that it comes from, as far as the server is told; else some other word. */
    default String remote() {
        return address().substring(address().lastIndexOf(' ') + 1);
    }

    /** Tells the log something about the client, unless those of its address fill the log. */
    void log(Level level, Supplier<String> sentence);

    /** Who the client says it is; empty when it does not. Not to be trusted. */
    String login();

    /**
     * The client's part of an executor: a few tasks at a time, more wait for these alone, and for too many there is a
     * {@link java.util.concurrent.RejectedExecutionException}.
     */
    Executor shareOf(Executor executor);

    /**
     * To be called before something is made for the client that costs more than a few lines; then {@link #done} when it
     * is answered.
     *
     * @return false when so much is being made for it already that it is to be told so
     */
    boolean begin();

    /** What {@link #begin} has let begin is answered. */
    void done();
}
