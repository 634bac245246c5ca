package org.reelcast.signalling;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.core.TyrusSession;

/** The socket of one client; what is said on it is {@link Connection}'s. */
public final class WcsEndpoint extends Endpoint {
    private static final Logger LOG = Logger.getLogger(WcsEndpoint.class.getName());
    private static final AtomicLong COUNT = new AtomicLong();

    private final Connections connections;
    private Connection connection;
    private Runnable unbound = () -> {};

    WcsEndpoint(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (!connections.addresses().enter(remote(session))) {
            refuse(session);
            return;
        }
        connection = connections.open(session, address(session));
        Connection opened = connection;
        unbound = PongBudget.bound(session, opened::onFlood);
        session.addMessageHandler(String.class, new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
                try {
                    opened.onMessage(text);
                } catch (RuntimeException e) {
                    LOG.log(Level.SEVERE, "Unexpected error at a message of " + opened.address(), e);
                }
            }
        });
        session.addMessageHandler(ByteBuffer.class, new MessageHandler.Partial<ByteBuffer>() {
            @Override
            public void onMessage(ByteBuffer part, boolean last) {
                close(session, CloseReason.CloseCodes.CANNOT_ACCEPT, "messages are text");
            }
        });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (connection != null) {
            connections.addresses().leave(remote(session));
            connection.onClose();
            unbound.run();
        }
    }

    private static void refuse(Session session) {
        LOG.fine(() -> remote(session) + " has ws_max_connections connections already");
        close(session, CloseReason.CloseCodes.TRY_AGAIN_LATER, "too many connections");
    }

    private static void close(Session session, CloseReason.CloseCode code, String reason) {
        try {
            session.close(new CloseReason(code, reason));
        } catch (IOException | IllegalStateException e) {
            LOG.log(Level.FINE, "A connection was closed already", e);
        }
    }

    @Override
    public void onError(Session session, Throwable error) {
        // no fault of the client's, and where memory has run out the end of the process
        LOG.log(error instanceof Error ? Level.SEVERE : Level.FINE, "A socket failed", error);
        if (connection != null && session.isOpen() && !(error instanceof IOException)) {
            connection.onFault(error);
        }
    }

    /** The client in the log: a number, and where it comes from when the container tells. */
    private static String address(Session session) {
        String remote = remote(session);
        return "Client " + COUNT.incrementAndGet() + (remote == null ? "" : " " + remote);
    }

    /** Null when the container does not tell. */
    private static String remote(Session session) {
        return session instanceof TyrusSession tyrus ? tyrus.getRemoteAddr() : null;
    }
}
