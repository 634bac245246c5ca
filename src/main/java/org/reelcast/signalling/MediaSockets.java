package org.reelcast.signalling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.reelcast.loop.AnyThread;

/**
 * The media sockets that one client is to open. They say whose they are and not which stream they are for: so one stream
 * at a time is told that it is its turn.
 */
@AnyThread
public final class MediaSockets {
    /** Who gives up may have a socket under way, that must not be taken for the next one's. */
    private static final long GRACE_MS = 2000;

    /** The first one has its turn. */
    private final Deque<MediaSocket.User> waiting = new ArrayDeque<>();

    private boolean firstGaveUp;
    /** Null until a tick has seen that the first one gave up. */
    private Long gaveUpMs;

    public MediaSockets() {}

    /** Asks for a socket. */
    public void await(MediaSocket.User user) {
        boolean first;
        synchronized (this) {
            waiting.add(user);
            first = waiting.size() == 1;
        }
        if (first) {
            user.onTurn();
        }
    }

    /** Wants none any more; any number of times. */
    public synchronized void giveUp(MediaSocket.User user) {
        if (waiting.peek() == user) {
            firstGaveUp = true;
        } else {
            waiting.remove(user);
        }
    }

    /** The client has opened a socket. @return whose it is; empty when nobody wants it */
    Optional<MediaSocket.User> opened() {
        MediaSocket.User whose;
        synchronized (this) {
            whose = firstGaveUp ? null : waiting.peek();
        }
        next();
        return Optional.ofNullable(whose);
    }

    private void next() {
        MediaSocket.User first;
        synchronized (this) {
            waiting.poll();
            firstGaveUp = false;
            gaveUpMs = null;
            first = waiting.peek();
        }
        if (first != null) {
            first.onTurn();
        }
    }

    /** Lets the next one have its turn when the first one has long given up; called several times a minute. */
    void tick(long nowMs) {
        synchronized (this) {
            if (!firstGaveUp) {
                return;
            }
            gaveUpMs = gaveUpMs == null ? Long.valueOf(nowMs) : gaveUpMs;
            if (nowMs - gaveUpMs < GRACE_MS) {
                return;
            }
        }
        next();
    }
}
