package org.reelcast.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * One request for a range of an object, one attempt. Gives up when it brings too little for too long; when more comes
 * than was asked for, it hangs up.
 */
final class RangeRequest {
    /** Less than this over the time limit is as good as nothing. */
    private static final long MIN_BYTES_PER_SECOND = 1024;

    /** Where the bytes go. Called on a network thread: must not block. */
    interface Receiver {
        /** The head of the answer is there. @throws IOException to hang up */
        void onHead(ResponseHead head) throws IOException;

        /** Bytes of the range, in order and never more than asked for; {@code resume} is to be run for more. */
        void onBytes(ByteBuffer bytes, Runnable resume);
    }

    private final long from;
    private final long to;
    private final Receiver receiver;
    private final long timeLimitMs;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private volatile CompletableFuture<?> call;
    /** Written by one thread at a time. */
    private volatile long received;

    private volatile boolean paused;
    private long seen;
    private ScheduledFuture<?> watch;

    /** @param to behind the last byte */
    RangeRequest(long from, long to, long timeLimitMs, Receiver receiver) {
        this.from = from;
        this.to = to;
        this.timeLimitMs = timeLimitMs;
        this.receiver = receiver;
    }

    /**
     * Sends it. The future is done when all has come, or with what went wrong. It may be done without all having come,
     * when the store said so little.
     */
    CompletableFuture<Void> send(S3Store store, GetObjectRequest.Builder request, ScheduledExecutorService timer) {
        watch = timer.scheduleWithFixedDelay(this::watch, timeLimitMs, timeLimitMs, TimeUnit.MILLISECONDS);
        result.whenComplete((done, failure) -> watch.cancel(false));
        GetObjectRequest ranged =
                request.range("bytes=" + from + "-" + (to - 1)).build();
        store.ready(ranged.bucket()).whenComplete((ready, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (!result.isDone()) {
                send(store.client(), ranged);
            }
        });
        return result;
    }

    private void send(S3AsyncClient client, GetObjectRequest request) {
        try {
            call = client.getObject(request, new Transformer());
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
            return;
        }
        call.whenComplete((done, failure) -> {
            if (failure == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(failure);
            }
        });
        if (result.isDone()) {
            call.cancel(true);
        }
    }

    /** Hangs up; the future ends with {@code why}. */
    void cancel(IOException why) {
        result.completeExceptionally(why);
        CompletableFuture<?> underWay = call;
        if (underWay != null) {
            underWay.cancel(true);
        }
    }

    private void watch() {
        long brought = received - seen;
        seen = received;
        if (!paused && brought * 1000 < MIN_BYTES_PER_SECOND * timeLimitMs) {
            cancel(new IOException("only " + brought + " bytes came within " + timeLimitMs + " ms"));
        }
    }

    private final class Transformer
            implements AsyncResponseTransformer<GetObjectResponse, Void>, Subscriber<ByteBuffer> {
        private final CompletableFuture<Void> stream = new CompletableFuture<>();
        private Subscription subscription;
        /** Bytes that come in front of those asked for: the store did not heed the range. */
        private long skip;

        private long left = to - from;

        @Override
        public CompletableFuture<Void> prepare() {
            return stream;
        }

        @Override
        public void onResponse(GetObjectResponse response) {
            try {
                ResponseHead head = ResponseHead.of(response);
                if (head.start() > from) {
                    throw new IOException("the store sends another range than was asked for");
                }
                skip = from - head.start();
                receiver.onHead(head);
            } catch (IOException | RuntimeException e) {
                stream.completeExceptionally(e);
            }
        }

        @Override
        public void onStream(SdkPublisher<ByteBuffer> publisher) {
            publisher.subscribe(this);
        }

        @Override
        public void exceptionOccurred(Throwable error) {
            stream.completeExceptionally(error);
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            if (stream.isDone()) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            received = received + bytes.remaining();
            int skipped = (int) Math.min(skip, bytes.remaining());
            skip -= skipped;
            bytes.position(bytes.position() + skipped);
            boolean tooMuch = bytes.remaining() > left;
            if (tooMuch) {
                bytes.limit(bytes.position() + (int) left);
            }
            left -= bytes.remaining();
            if (tooMuch) {
                subscription.cancel();
            }
            if (bytes.hasRemaining()) {
                paused = true;
                receiver.onBytes(bytes, tooMuch ? () -> {} : this::resume);
            } else if (!tooMuch) {
                subscription.request(1);
            }
            if (tooMuch) {
                stream.complete(null);
            }
        }

        private void resume() {
            paused = false;
            subscription.request(1);
        }

        @Override
        public void onError(Throwable error) {
            stream.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            stream.complete(null);
        }
    }
}
