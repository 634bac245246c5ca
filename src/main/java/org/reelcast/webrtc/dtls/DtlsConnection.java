package org.reelcast.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.reelcast.loop.MediaLoop;

/**
 * One peer's DTLS connection, we as server (RFC 6347). All methods belong to the peer's loop.
 *
 * <p>Bouncy Castle's handshake would block a thread while the client takes its time. So it is attempted when the
 * ClientHello is whole, given up where the client has to go on, and attempted from the start again when the rest is
 * here; as all random numbers and keys are remembered, it takes the same course up to there, and costs little. Attempts
 * run on the pool and wait for nothing. What comes after the handshake (flights sent again because our last one was
 * lost, close_notify) is handled at once.
 */
public final class DtlsConnection {
    private static final Logger LOG = Logger.getLogger(DtlsConnection.class.getName());
    /** An honest client needs two; more when datagrams are damaged. */
    private static final int MAX_ATTEMPTS = 16;

    private static final long MAX_RESEND_US = 4_000_000;

    private final DtlsOptions options;
    private final DtlsPool pool;
    private final MediaLoop loop;
    private final Predicate<byte[]> isPeer;
    private final DtlsListener listener;
    private ClientFlights flights = new ClientFlights();
    private RepeatableTlsCrypto crypto;
    private int attempts;
    private boolean attempting;
    private boolean again;
    private int sent;
    private List<byte[]> flight = List.of();
    private MediaLoop.Timer timer;
    private long resendUs;
    private long sentUs;
    private AttemptTransport datagrams;
    private DTLSTransport established;
    private boolean over;

    /** @param isPeer whether a certificate (DER) is the one that signalling announced */
    public DtlsConnection(
            DtlsOptions options, DtlsPool pool, MediaLoop loop, Predicate<byte[]> isPeer, DtlsListener listener) {
        this.options = options;
        this.pool = pool;
        this.loop = loop;
        this.isPeer = isPeer;
        this.listener = listener;
        this.resendUs = options.resendMs() * 1000L;
    }

    /** Takes one datagram that looks like DTLS. */
    public void receive(byte[] b, int off, int length) {
        if (over) {
            return;
        }
        if (established != null) {
            byte[] datagram = new byte[length];
            System.arraycopy(b, off, datagram, 0, length);
            datagrams.offer(datagram);
            drain();
            return;
        }
        switch (flights.add(b, off, length)) {
            case ENOUGH -> attempt();
            case HELLO_AGAIN -> helloAgain();
            default -> {
                // more has to come
            }
        }
    }

    /** Whether a whole ClientHello has come. */
    public boolean isStarted() {
        return flights == null || flights.isBegun();
    }

    /** Says close_notify if there is a connection. */
    public void close() {
        boolean connected = established != null && !over;
        end();
        if (connected) {
            try {
                established.close();
            } catch (IOException e) {
                LOG.log(Level.FINE, "Closing DTLS", e);
            }
        }
    }

    private void end() {
        over = true;
        stopTimer();
        flights = null;
        flight = List.of();
    }

    /** One attempt at the handshake, by what has come so far. */
    private final class Attempt implements Runnable {
        private final int arrived = flights.size();
        private final AttemptTransport transport = new AttemptTransport(flights.inTurn(), sent);
        private final SrtpServer server = new SrtpServer(options, crypto, isPeer, DtlsConnection.this::gone);
        private DTLSTransport connection;
        private Runnable onLoop;
        private Exception failure;

        @Override
        public void run() {
            try {
                connection = new DTLSServerProtocol().accept(server, transport);
                onLoop = listener.onConnected(server.profile(), server.material());
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
            try {
                loop.execute(() -> ended(this));
            } catch (RejectedExecutionException e) {
                LOG.finest("The media loop has ended");
            }
        }
    }

    private void attempt() {
        if (attempting) {
            again = true;
            return;
        }
        if (attempts++ == MAX_ATTEMPTS) {
            fail(false, "Too many attempts at a handshake");
            return;
        }
        crypto = crypto == null ? new RepeatableTlsCrypto(options.random()) : crypto;
        attempting = true;
        try {
            pool.execute(new Attempt());
        } catch (RejectedExecutionException e) {
            fail(false, "Too many handshakes at once");
        }
    }

    private void ended(Attempt attempt) {
        attempting = false;
        if (over) {
            return;
        }
        List<byte[]> outgoing = attempt.transport.outgoing();
        outgoing.forEach(listener::onSend);
        sent += outgoing.size();
        if (attempt.onLoop != null) {
            connected(attempt);
        } else if (!attempt.transport.isStarved()) {
            fail(attempt.server.isFingerprintWrong(), String.valueOf(attempt.failure.getMessage()));
        } else {
            if (!outgoing.isEmpty()) {
                flight = List.copyOf(outgoing);
                sentUs = loop.nowUs();
                startTimer();
            }
            if (again) {
                again = false;
                attempt();
            }
        }
    }

    private void connected(Attempt attempt) {
        stopTimer();
        datagrams = attempt.transport;
        datagrams.connect(listener::onSend);
        flights.from(attempt.arrived).forEach(datagrams::offer);
        established = attempt.connection;
        flights = null;
        flight = List.of();
        attempt.onLoop.run();
        if (!over) {
            drain();
        }
    }

    private void fail(boolean fingerprint, String reason) {
        end();
        listener.onFailed(fingerprint, reason);
    }

    private void helloAgain() {
        if (!flight.isEmpty() && loop.nowUs() - sentUs >= options.resendMs() * 1000L) {
            resend();
        }
    }

    /**
     * Sends our flight again (RFC 6347 section 4.2.4), as it was: who has got a record of it drops the second one. The
     * next records have the numbers after them.
     */
    private void resend() {
        if (!over && established == null) {
            flight.forEach(listener::onSend);
            sentUs = loop.nowUs();
            resendUs = Math.min(MAX_RESEND_US, 2 * resendUs);
            startTimer();
        }
    }

    private void startTimer() {
        stopTimer();
        timer = loop.at(loop.nowUs() + resendUs, this::resend);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Lets Bouncy Castle look at what came after the handshake; application data there is none. */
    private void drain() {
        byte[] ignored = new byte[2048];
        while (!datagrams.isEmpty()) {
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

    /** The peer's alert or our own has ended the connection; during an attempt the attempt tells. */
    private void gone() {
        if (established != null && !over) {
            end();
            listener.onGone();
        }
    }
}
