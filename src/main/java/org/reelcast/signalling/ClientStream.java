package org.reelcast.signalling;

import java.util.function.Consumer;
import java.util.logging.Level;
import org.reelcast.loop.AnyThread;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.StreamEnd;

/** A stream that a client plays or publishes. May be stopped at any moment, also while it starts. */
public abstract class ClientStream {
    private final StreamRequest request;
    private Consumer<StreamEnd> onEnd = end -> {};
    private Consumer<StatusText> stopper;
    private StatusText stopped;

    protected ClientStream(StreamRequest request) {
        this.request = request;
    }

    public final StreamRequest request() {
        return request;
    }

    public final String mediaSessionId() {
        return request.mediaSessionId();
    }

    public final String name() {
        return request.name();
    }

    /** What the client does with it, for the log: {@code plays}. */
    public abstract String verb();

    /**
     * Takes up the request; called once. Does not block.
     *
     * @param offer the client's SDP, empty when there is none; not to be kept
     */
    public abstract void start(String offer);

    final void onEnd(Consumer<StreamEnd> listener) {
        onEnd = listener;
    }

    protected final void send(String text) {
        request.client().send(text);
    }

    /** Tells the log why it cannot be; of an overload that speaks once, not for all who come meanwhile. */
    protected final void logRefusal(Refusal why) {
        if (why.status() != StatusText.SERVER_IS_OVERLOADED) {
            request.client()
                    .log(
                            Level.WARNING,
                            () -> request.client().address() + " asked for " + ClientLogs.shown(name()) + " in vain: "
                                    + why.getMessage());
        }
    }

    /** It is over, and the client has been told; to be called once. */
    protected final void ended(StreamEnd end) {
        onEnd.accept(end);
    }

    /** From now on it can be stopped this way, and at once when it should have been already. */
    protected final void started(Consumer<StatusText> how) {
        StatusText early;
        synchronized (this) {
            stopper = how;
            early = stopped;
        }
        if (early != null) {
            how.accept(early);
        }
    }

    /** Ends the client's part, and says why; may be called again. */
    @AnyThread
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
