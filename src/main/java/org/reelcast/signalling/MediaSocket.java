package org.reelcast.signalling;

import java.nio.ByteBuffer;
import org.reelcast.loop.AnyThread;

/** A client's socket beside that of its messages, on which it is sent the media of one stream. */
@AnyThread
public interface MediaSocket {

    /** Who sends media on it. Calls come one at a time, from any thread, and must not block. */
    interface User {

        /** It is this one's turn: the next media socket that the client opens is for it. */
        void onTurn();

        /** The client has opened it. */
        void onSocket(MediaSocket socket);

        /** The client has all of a message; for each that was sent, in order. */
        void onReceived();

        /** The socket is gone. */
        void onLost();
    }

    /** Sends a message, of which the client says when it has it. Does not block. */
    void send(ByteBuffer message);

    /** Closes it and says why. */
    void close(String reason);
}
