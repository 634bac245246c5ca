package org.reelcast.signalling;

import java.util.function.Consumer;
import org.reelcast.refusal.StatusText;

/** A stream that a client plays or publishes. May be stopped at any moment, also while it starts. */
abstract class ClientStream {
    private final String mediaSessionId;
    private final String name;
    private final Connection connection;
    private Consumer<StatusText> stopper;
    private StatusText stopped;

    ClientStream(String mediaSessionId, String name, Connection connection) {
        this.mediaSessionId = mediaSessionId;
        this.name = name;
        this.connection = connection;
    }

    final String mediaSessionId() {
        return mediaSessionId;
    }

    final String name() {
        return name;
    }

    final Connection connection() {
        return connection;
    }

    /** What the client does with it, for the log: {@code plays}. */
    abstract String verb();

    /** Takes up the client's offer; once. */
    abstract void start(Connections services, String offer);

    /** From now on it can be stopped this way, and at once when it should have been already. */
    final void started(Consumer<StatusText> how) {
        StatusText early;
        synchronized (this) {
            stopper = how;
            early = stopped;
        }
        if (early != null) {
            how.accept(early);
        }
    }

    /** Ends the client's part, and says why; any thread, any number of times. */
    final void stop(StatusText why) {
        Consumer<StatusText> how;
        synchronized (this) {
            stopped = why;
            how = stopper;
        }
        if (how != null) {
            how.accept(why);
        }
    }
}
