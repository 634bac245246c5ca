package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;

/**
 * One peer's DTLS connection, we as server (RFC 6347). The handshake starts with the first datagram and runs on the
 * pool; what comes after it (flights sent again because our last one was lost, close_notify) is handled at once on the
 * caller's thread. All methods belong to one thread, the peer's loop.
 */
public final class DtlsConnection {
    private static final Logger LOG = Logger.getLogger(DtlsConnection.class.getName());

    private final DtlsPool pool;
    private final DtlsListener listener;
    private final DatagramQueue queue;
    private final SrtpServer server;
    private final FlightGuard guard = new FlightGuard();
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile DTLSTransport established;
    private volatile boolean closed;
    private boolean started;

    /** @param isPeer whether a certificate (DER) is the one that signalling announced */
    public DtlsConnection(DtlsOptions options, DtlsPool pool, Predicate<byte[]> isPeer, DtlsListener listener) {
        this.pool = pool;
        this.listener = listener;
        this.queue = new DatagramQueue(listener::onSend);
        this.server = new SrtpServer(options, isPeer, this::gone);
    }

    /** Takes one datagram that looks like DTLS. */
    public void receive(byte[] b, int off, int length) {
        int admitted = guard.admit(b, off, length);
        if (closed || admitted == 0 || !queue.offer(b, off, admitted)) {
            return;
        }
        if (!started) {
            started = true;
            try {
                pool.execute(this::handshake);
            } catch (RejectedExecutionException e) {
                listener.onFailed(false, "Too many handshakes at once");
            }
        } else if (established != null) {
            drain();
        }
    }

    /** Looks at what came while the handshake ended. */
    public void catchUp() {
        if (established != null && !closed) {
            drain();
        }
    }

    /** Whether the first datagram has come. */
    public boolean isStarted() {
        return started;
    }

    /** Says close_notify if there is a connection, and frees the handshake's thread if there is none yet. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        DTLSTransport transport = established;
        if (transport == null) {
            queue.abort();
            return;
        }
        try {
            transport.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "Closing DTLS", e);
        }
    }

    private void handshake() {
        try {
            DTLSTransport transport = new DTLSServerProtocol().accept(server, queue);
            queue.stopWaiting();
            established = transport;
            if (closed) {
                transport.close();
            } else {
                listener.onConnected(server.profile(), server.material());
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                listener.onFailed(server.isFingerprintWrong(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** Lets Bouncy Castle look at what came after the handshake; application data there is none. */
    private void drain() {
        byte[] ignored = new byte[2048];
        while (!queue.isEmpty()) {
            try {
                established.receive(ignored, 0, ignored.length, 1);
            } catch (InterruptedIOException e) {
                return;
            } catch (IOException e) {
                LOG.log(Level.FINE, "DTLS after the handshake", e);
                gone();
                return;
            }
        }
    }

    private void gone() {
        if (!closed && gone.compareAndSet(false, true) && established != null) {
            listener.onGone();
        }
    }
}
