package org.reelcast.rest;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** Collects a request's body as it comes; without waiting, and once. */
final class BodyReader implements ReadListener, AsyncListener {
    private static final int PIECE = 4096;
    private static final String TOO_LATE = "The body did not come in time";

    private final ServletInputStream in;
    private final long expected;
    private final int most;
    private final Listener listener;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final AtomicBoolean done = new AtomicBoolean();

    /** Hears of the body, or why there is none: once. */
    interface Listener {

        /** All of it has come. */
        void onBody(byte[] body);

        /** @param status HTTP's @param sentence for whoever sent it */
        void onRefused(int status, String sentence);
    }

    /**
     * @param expected bytes; -1 when that is not known
     * @param most     bytes
     */
    BodyReader(ServletInputStream in, long expected, int most, Listener listener) {
        this.in = in;
        this.expected = expected;
        this.most = most;
        this.listener = listener;
    }

    /** There is no body to work on. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        private RefusedException(int status, String sentence) {
            super(sentence);
            this.status = status;
        }

        /** HTTP's. */
        int status() {
            return status;
        }
    }

    /**
     * The whole body, waited for.
     *
     * @param deadline by {@link System#nanoTime}; looked at whenever something comes
     */
    static byte[] read(InputStream in, int most, long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            all.write(piece, 0, n);
            if (all.size() > most) {
                throw new RefusedException(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLong(most));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new RefusedException(HttpServletResponse.SC_REQUEST_TIMEOUT, TOO_LATE);
            }
        }
        return all.toByteArray();
    }

    private static String tooLong(int most) {
        return "The body is longer than " + most + " bytes";
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!done.get() && body.size() != expected && in.isReady()) {
            int n = in.read(piece);
            if (n < 0) {
                break;
            }
            body.write(piece, 0, n);
            if (body.size() > most) {
                refuse(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLong(most));
            }
        }
        if (expected < 0 ? in.isFinished() : body.size() == expected) {
            // Payara does not always say so of its own, and not if it is asked for more
            onAllDataRead();
        }
    }

    @Override
    public void onAllDataRead() {
        if (done.compareAndSet(false, true)) {
            listener.onBody(body.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        refuse(HttpServletResponse.SC_BAD_REQUEST, "The body did not come whole");
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        refuse(HttpServletResponse.SC_REQUEST_TIMEOUT, TOO_LATE);
    }

    @Override
    public void onError(AsyncEvent event) {
        refuse(HttpServletResponse.SC_BAD_REQUEST, "The body did not come whole");
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // told already
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // whoever works on the request has timeouts of its own
    }

    private void refuse(int status, String sentence) {
        if (done.compareAndSet(false, true)) {
            listener.onRefused(status, sentence);
        }
    }
}
