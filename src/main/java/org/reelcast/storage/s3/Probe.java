package org.reelcast.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Asks a store for the state of an object: reads its first byte. Asking for the head alone (HEAD) would bring no reason
 * when it is refused.
 */
final class Probe {
    private static final Logger LOG = Logger.getLogger(Probe.class.getName());
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Context context;
    private final S3Store store;
    private final S3Location location;
    private final String client;

    /** @param client IP address of whoever wants to know; empty for the server itself */
    Probe(S3Context context, S3Store store, S3Location location, String client) {
        this.context = context;
        this.store = store;
        this.location = location;
        this.client = client;
    }

    /** Blocks, but not longer than {@code s3_read_timeout}; repeats within that time. */
    ResponseHead ask() throws Refusal {
        long deadlineNs = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(context.options().readTimeoutMs());
        for (int failures = 1; ; failures++) {
            try {
                // a store that does not answer is asked again while there is time
                return once(Math.max(
                        leftMs(deadlineNs) / 2,
                        Math.min(leftMs(deadlineNs), context.options().connectTimeoutMs())));
            } catch (CompletionException e) {
                if (e.getCause() instanceof AwsServiceException answer
                        && answer.statusCode() == RANGE_NOT_SATISFIABLE) {
                    return new ResponseHead(0, 0, "", null, true);
                }
                S3Failure failure = S3Failure.of(e, location, store);
                long pauseMs = S3Options.pauseMs(failures);
                // what is begun too late to connect would end without saying why
                if (!failure.mayPass()
                        || failures > context.options().retries()
                        || leftMs(deadlineNs) - pauseMs < context.options().connectTimeoutMs()) {
                    throw failure.toRefusal();
                }
                LOG.log(Level.INFO, "{0}; asking again, attempt {1} of {2}", new Object[] {
                    failure.sentence(), failures, context.options().retries()
                });
                pause(pauseMs);
            }
        }
    }

    private static long leftMs(long deadlineNs) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime()));
    }

    private ResponseHead once(long limitMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        try {
            if (!context.limit().acquire(store, client, limitMs)) {
                throw new CompletionException(new ConnectException("all connections that it may have "
                        + "(s3_max_connections=" + context.options().maxConnections() + ") were taken for " + limitMs
                        + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
        AtomicReference<ResponseHead> head = new AtomicReference<>();
        RangeRequest request = new RangeRequest(0, 1, leftMs(deadlineNs), new RangeRequest.Receiver() {
            @Override
            public void onHead(ResponseHead answer) {
                head.set(answer);
            }

            @Override
            public void onBytes(ByteBuffer bytes, Runnable resume) {
                resume.run();
            }
        });
        try {
            GetObjectRequest.Builder get =
                    GetObjectRequest.builder().bucket(location.bucket()).key(location.key());
            request.send(store, get, context.timer()).join();
        } catch (CompletionException e) {
            // an object that is longer than its store says, or the like: what counts is the head
            if (head.get() == null) {
                throw e;
            }
        } finally {
            context.limit().release(store, client);
        }
        if (head.get() == null) {
            throw new CompletionException(new IOException("the answer has no head"));
        }
        return head.get();
    }

    private void pause(long ms) throws Refusal {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(StatusText.FAILED_TO_READ_FILE, location + ": interrupted while waiting", e);
        }
    }
}
