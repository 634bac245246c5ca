package org.reelcast.signalling;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.core.ProtocolHandler;
import org.glassfish.tyrus.core.TyrusRemoteEndpoint;
import org.glassfish.tyrus.core.TyrusWebSocket;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.glassfish.tyrus.spi.WriterInfo;
import org.reelcast.rest.ServerConnection;

/**
 * What a socket writes by, with a bound on the pongs that wait. Tyrus answers each ping by itself and keeps what is not
 * read, without end: who sends pings and reads nothing fills the heap. With a Tyrus that looks otherwise inside there is
 * no bound.
 */
final class PongBudget extends Writer {
    private static final Logger LOG = Logger.getLogger(PongBudget.class.getName());
    /** 131 bytes each at the most (RFC 6455 section 5.5). */
    static final int MOST = 1000;

    private static final int OPCODE = 0x0f;
    private static final int PONG = 0x0a;

    private final Writer writer;
    private final Runnable onExceeded;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param onExceeded called when more wait; the socket is closed then */
    PongBudget(Writer writer, Runnable onExceeded) {
        this.writer = writer;
        this.onExceeded = onExceeded;
    }

    /**
     * Bounds the pongs of a session; to be called as it opens.
     *
     * @return to be run when the session is closed: containers keep what sockets are written by for the next request
     */
    static Runnable bound(Session session, Runnable onExceeded) {
        try {
            Field webSocket = TyrusRemoteEndpoint.class.getDeclaredField("webSocket");
            Method protocolHandler = TyrusWebSocket.class.getDeclaredMethod("getProtocolHandler");
            Field writer = ProtocolHandler.class.getDeclaredField("writer");
            webSocket.setAccessible(true);
            protocolHandler.setAccessible(true);
            writer.setAccessible(true);
            if (protocolHandler.invoke(webSocket.get(session.getBasicRemote())) instanceof ProtocolHandler protocol) {
                Writer own = (Writer) writer.get(protocol);
                protocol.setWriter(new PongBudget(own, onExceeded));
                return () -> protocol.setWriter(own);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "Pongs of this server's WebSockets are not bounded", e);
        }
        return () -> {};
    }

    @Override
    public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler) {
        if (take(frame)) {
            writer.write(frame, isPong(frame) ? counted(handler) : handler);
        }
    }

    @Override
    public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> handler, WriterInfo info) {
        if (take(frame)) {
            writer.write(frame, isPong(frame) ? counted(handler) : handler, info);
        }
    }

    private static boolean isPong(ByteBuffer frame) {
        return frame.hasRemaining() && (frame.get(frame.position()) & OPCODE) == PONG;
    }

    /** @return false when it is not to be written any more */
    private boolean take(ByteBuffer frame) {
        if (!isPong(frame)) {
            return true;
        }
        int before = waiting.getAndUpdate(count -> count > MOST ? count : count + 1);
        if (before == MOST) {
            onExceeded.run();
            end();
        }
        return before < MOST;
    }

    /** At once: a client that does not read would not read the rest either. */
    private void end() {
        Optional<ServerConnection> connection = ServerConnection.ofWebSocket(writer);
        try {
            if (connection.isPresent()) {
                connection.get().end();
            } else {
                close();
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "A socket was closed already", e);
        }
    }

    private CompletionHandler<ByteBuffer> counted(CompletionHandler<ByteBuffer> handler) {
        return new CompletionHandler<>() {
            @Override
            public void completed(ByteBuffer frame) {
                written();
                if (handler != null) {
                    handler.completed(frame);
                }
            }

            @Override
            public void failed(Throwable failure) {
                written();
                if (handler != null) {
                    handler.failed(failure);
                }
            }

            @Override
            public void cancelled() {
                written();
                if (handler != null) {
                    handler.cancelled();
                }
            }
        };
    }

    private void written() {
        waiting.getAndUpdate(count -> count > MOST ? count : count - 1);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
