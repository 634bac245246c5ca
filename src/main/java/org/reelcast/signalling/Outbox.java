package org.reelcast.signalling;

import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.MonotonicClock;

/** Sends a client its messages one after the other, from any thread, without ever blocking. Bounded. */
final class Outbox implements OutboxBudget.Unread {
    private static final Logger LOG = Logger.getLogger(Outbox.class.getName());
    /** A client that lets so many messages pile up, or messages so long together, does not read. */
    private static final int MAX_WAITING = 1000;

    private static final long MAX_WAITING_SIZE = 32 << 20;

    private final Session session;
    private final OutboxBudget budget;
    private final Queue<Outgoing> waiting = new ArrayDeque<>();
    /** Characters, and bytes. */
    private long waitingSize;

    private long underWaySize;

    private boolean sending;
    private boolean closed;

    /** A message, either of text or of bytes. */
    private record Outgoing(String text, ByteBuffer bytes, int size) {}

    /** @param budget of all outboxes together */
    Outbox(Session session, OutboxBudget budget) {
        this.session = session;
        this.budget = budget;
        budget.enter(this);
    }

    @Override
    public synchronized long held() {
        return waitingSize + underWaySize;
    }

    void send(String message) {
        String text = wellFormed(message);
        send(new Outgoing(text, null, text.length()));
    }

    /** @param message not to be changed any more */
    void send(ByteBuffer message) {
        send(new Outgoing(null, message, message.remaining()));
    }

    private void send(Outgoing message) {
        boolean overflow;
        boolean idle;
        synchronized (this) {
            if (closed) {
                return;
            }
            overflow = waiting.size() >= MAX_WAITING
                    || !waiting.isEmpty() && waitingSize + message.size() > MAX_WAITING_SIZE;
            idle = !overflow && !sending;
            if (!overflow) {
                waiting.add(message);
                waitingSize += message.size();
                budget.add(message.size());
                sending = true;
            }
        }
        if (overflow) {
            closeUnread();
            return;
        }
        if (idle) {
            sendNext();
        }
        budget.enforce();
    }

    /** Half a surrogate pair, which a client may have sent us, is none in UTF-8 (RFC 3629 section 3). */
    private static String wellFormed(String text) {
        return text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
                ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                : text;
    }

    private void sendNext() {
        Outgoing message;
        synchronized (this) {
            budget.add(-underWaySize);
            underWaySize = 0;
            message = waiting.poll();
            if (message == null) {
                sending = false;
                notifyAll();
                return;
            }
            waitingSize -= message.size();
            underWaySize = message.size();
        }
        try {
            if (message.text() != null) {
                session.getAsyncRemote().sendText(message.text(), this::onSent);
            } else {
                session.getAsyncRemote().sendBinary(message.bytes(), this::onSent);
            }
        } catch (RuntimeException e) {
            onSent(new SendResult(e));
        }
    }

    private void onSent(SendResult result) {
        if (result.isOK()) {
            sendNext();
        } else {
            LOG.log(Level.FINE, "A message could not be sent", result.getException());
            discard();
        }
    }

    /** Waits until everything has gone out, or nothing will any more, or {@code deadlineMs} is past. */
    synchronized void awaitEmpty(long deadlineMs) throws InterruptedException {
        long leftMs = deadlineMs - MonotonicClock.nowUs() / 1000;
        while (sending && !closed && leftMs > 0) {
            wait(leftMs);
            leftMs = deadlineMs - MonotonicClock.nowUs() / 1000;
        }
    }

    /** Drops what waits; nothing is sent any more. */
    synchronized void discard() {
        closed = true;
        budget.add(-held());
        budget.leave(this);
        waiting.clear();
        waitingSize = 0;
        underWaySize = 0;
        notifyAll();
    }

    @Override
    public void closeUnread() {
        close(CloseReason.CloseCodes.TRY_AGAIN_LATER, "messages are not read");
    }

    /** Closes the connection and says why. */
    void close(CloseReason.CloseCode code, String reason) {
        discard();
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "A connection was closed already", e);
        }
    }
}
