package org.reelcast.signalling;

import jakarta.websocket.CloseReason;
import java.nio.ByteBuffer;
import org.reelcast.loop.AnyThread;

/** A connection that has become a client's media socket. */
@AnyThread
final class MediaLink implements MediaSocket {
    /** Clients answer it when they have all that came before. */
    private static final String PING = Message.text("ping");

    private final Outbox outbox;
    private final User user;

    MediaLink(Outbox outbox, User user) {
        this.outbox = outbox;
        this.user = user;
    }

    void open() {
        user.onSocket(this);
    }

    void onMessage(Message message) {
        if (message.name().equals("pong")) {
            user.onReceived();
        }
    }

    void onClose() {
        user.onLost();
    }

    @Override
    public void send(ByteBuffer message) {
        outbox.send(message);
        outbox.send(PING);
    }

    @Override
    public void close(String reason) {
        outbox.close(CloseReason.CloseCodes.NORMAL_CLOSURE, reason);
    }
}
