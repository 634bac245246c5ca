package org.reelcast.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.storage.SourceId;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Fetches a range of an object. What breaks off is resumed where it broke; what brings nothing is repeated within
 * bounds, with growing pauses. The object must stay the same all along.
 */
final class Fetch {
    private static final Logger LOG = Logger.getLogger(Fetch.class.getName());
    /** So much makes up for the failures before it. */
    private static final long PROGRESS_BYTES = 256 * 1024;

    /** Where it goes. Called on network threads and timers: must not block. */
    interface Target {
        /** Bytes at that position; {@code resume} is to be run for more. */
        void onBytes(long position, ByteBuffer bytes, Runnable resume);

        /** All is there. */
        void onFetched(Fetch fetch);

        /** No more will come. */
        void onFailed(Fetch fetch, S3Failure failure);
    }

    private final S3Context context;
    private final S3Store store;
    private final S3Location location;
    private final SourceId id;
    /** The ETag that must hold; null when the store gives none. */
    private final String etag;

    private final String client;
    private final long to;
    private final Target target;
    private long position;
    private long progressFrom;
    private int failures;
    private volatile RangeRequest request;
    private Attempt current;
    private volatile boolean cancelled;

    /**
     * @param client IP address of whoever wants it; empty for nobody alone
     * @param to     behind the last byte
     */
    Fetch(
            S3Context context,
            S3Store store,
            S3Location location,
            SourceId id,
            String etag,
            String client,
            long from,
            long to,
            Target target) {
        this.context = context;
        this.store = store;
        this.location = location;
        this.id = id;
        this.etag = etag;
        this.client = client;
        this.position = from;
        this.progressFrom = from;
        this.to = to;
        this.target = target;
    }

    long to() {
        return to;
    }

    void start() {
        context.limit().acquire(store, client, () -> {
            try {
                context.timer().execute(this::attempt);
            } catch (RejectedExecutionException e) {
                onEnd(new IOException("the server stops", e));
            }
        });
    }

    private void attempt() {
        if (cancelled) {
            onEnd(null);
            return;
        }
        RangeRequest next;
        synchronized (this) {
            current = new Attempt();
            next = new RangeRequest(position, to, context.options().readTimeoutMs(), current);
        }
        request = next;
        GetObjectRequest.Builder get =
                GetObjectRequest.builder().bucket(location.bucket()).key(location.key());
        next.send(store, get.ifMatch(etag), context.timer()).whenComplete((done, error) -> onEnd(error));
        if (cancelled) {
            cancel();
        }
    }

    /**
     * Stops it; the target hears no more of it, but for bytes that are just coming in. Not to be called with the lock
     * of the target held.
     */
    void cancel() {
        cancelled = true;
        RangeRequest underWay = request;
        if (underWay != null) {
            underWay.cancel(new IOException("not needed any more"));
        }
    }

    /** What one request brings. */
    private final class Attempt implements RangeRequest.Receiver {
        @Override
        public void onHead(ResponseHead head) throws IOException {
            if (head.total() != id.size() || !head.version().equals(id.version())) {
                throw new S3Failure.ChangedException();
            }
        }

        @Override
        public void onBytes(ByteBuffer bytes, Runnable resume) {
            synchronized (Fetch.this) {
                // a request that was given up may have had more on the way
                if (current != this) {
                    return;
                }
                long at = position;
                position = at + bytes.remaining();
                if (position - progressFrom >= PROGRESS_BYTES) {
                    failures = 0;
                }
                target.onBytes(at, bytes, resume);
            }
        }
    }

    private void onEnd(Throwable error) {
        context.limit().release(store, client);
        long reached;
        synchronized (this) {
            current = null;
            reached = position;
        }
        if (cancelled) {
            return;
        }
        if (reached == to) {
            target.onFetched(this);
            return;
        }
        S3Failure failure = S3Failure.of(
                error != null
                        ? error
                        : new IOException("the answer ended early, at byte " + reached + " of " + id.size()),
                location,
                store);
        progressFrom = reached;
        int most = context.options().retries();
        if (!failure.mayPass() || ++failures > most) {
            target.onFailed(this, failure);
            return;
        }
        long pauseMs = S3Options.pauseMs(failures);
        LOG.log(
                failures == 1 ? Level.INFO : Level.WARNING,
                () -> failure.sentence() + "; goes on at byte " + reached + " in " + pauseMs + " ms, attempt "
                        + failures + " of " + most);
        try {
            context.timer().schedule(this::start, pauseMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            target.onFailed(this, failure);
        }
    }
}
