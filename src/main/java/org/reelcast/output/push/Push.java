package org.reelcast.output.push;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.codec.ffmpeg.RtmpPublisher;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.Blocking;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamTrack;

/**
 * A stream on its way to an RTMP server. When the connection breaks, another one is made, after a while that doubles
 * from failure to failure; when the server is slow, pictures up to the next key frame are left out. The stream never
 * waits.
 */
final class Push implements FrameQueue.Worker {
    /** Some seconds of what a server that is slow may miss. */
    private static final FrameQueue.Limits LIMITS = new FrameQueue.Limits(16 << 20, 4000, 40_000);
    /** What comes later than that is left out. */
    private static final long MOST_LATE_US = 2_000_000;

    private static final long FIRST_BACKOFF_US = 1_000_000;
    private static final long MOST_BACKOFF_US = 30_000_000;
    private static final Logger LOG = Logger.getLogger(Push.class.getName());

    /** Makes connections to the target's server. */
    @Blocking
    interface Connector {
        RtmpPublisher connect(Push push) throws IOException;
    }

    private final String mediaSessionId;
    private final Hold hold;
    private final PushTarget target;
    private final Connector connector;
    private final LongSupplier clockUs;
    private final PushCounters counters = new PushCounters();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final FrameQueue queue;
    private volatile boolean started;
    private volatile boolean stopping;
    private volatile boolean muted;
    private volatile boolean connected;
    private volatile String problem;

    // of the tasks, which run one after the other
    private FlvTimeline line;
    private long backoffUs = FIRST_BACKOFF_US;
    private long nextAttemptUs;

    /**
     * @param mediaSessionId by which REST knows the push
     * @param hold     on the stream; closed when the push has ended
     * @param executor runs what connects and sends once it has begun
     * @param clockUs  that of the stream's times
     */
    Push(
            String mediaSessionId,
            Hold hold,
            PushTarget target,
            Connector connector,
            Executor executor,
            LongSupplier clockUs) {
        this.mediaSessionId = mediaSessionId;
        this.hold = hold;
        this.target = target;
        this.connector = connector;
        this.clockUs = clockUs;
        this.queue = new FrameQueue(hold.stream(), LIMITS, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, executor, this);
    }

    /**
     * Connects, and begins with the next key frame.
     *
     * @throws IOException with a sentence, when the server does not take the stream: then nothing has begun
     */
    @Blocking
    void start() throws IOException {
        try {
            connect();
        } catch (IOException e) {
            hold.close();
            ended.complete(null);
            throw e;
        }
        queue.start(hold.tracks());
        hold.start();
        started = true;
        if (stopping) {
            queue.stop();
        }
    }

    private void connect() throws IOException {
        RtmpPublisher publisher = connector.connect(this);
        line = new FlvTimeline(publisher, hold.tracks().stream().anyMatch(StreamTrack::isVideo), sound(), counters);
        connected = true;
        counters.connections.incrementAndGet();
    }

    private Optional<AacFormat> sound() {
        return hold.tracks().stream()
                .map(StreamTrack::format)
                .filter(AacFormat.class::isInstance)
                .map(AacFormat.class::cast)
                .findFirst();
    }

    @Override
    public boolean take(Frame frame, long inStepUs) {
        if (stopping) {
            return false;
        }
        try {
            if (line == null && !reconnect()) {
                counters.dropped.incrementAndGet();
            } else if (clockUs.getAsLong() - frame.decodeTimeUs() > MOST_LATE_US) {
                counters.dropped.incrementAndGet();
                if (frame.isVideo()) {
                    line.skipToKeyFrame();
                    requestKeyFrame();
                }
            } else {
                line.take(frame, muted);
                problem = null;
                backoffUs = FIRST_BACKOFF_US;
            }
        } catch (IOException e) {
            lost(e);
        }
        return !stopping;
    }

    private void requestKeyFrame() {
        Stream stream = hold.stream();
        stream.loop().execute(stream::requestKeyFrame);
    }

    /** @return whether there is a connection again */
    private boolean reconnect() throws IOException {
        if (clockUs.getAsLong() < nextAttemptUs) {
            return false;
        }
        connect();
        LOG.info(() -> this + " goes on");
        requestKeyFrame();
        return true;
    }

    private void lost(IOException failure) {
        closeLine();
        if (stopping) {
            return;
        }
        if (problem == null) {
            LOG.log(Level.WARNING, "{0} is interrupted, and goes on when the server is back: {1}", new Object[] {
                this, failure.getMessage()
            });
        }
        problem = failure.getMessage();
        nextAttemptUs = clockUs.getAsLong() + backoffUs;
        backoffUs = Math.min(MOST_BACKOFF_US, backoffUs * 2);
    }

    private void closeLine() {
        connected = false;
        if (line != null) {
            line.close();
            line = null;
        }
    }

    /** Ends it; what waits for the server is given up. May be called again. */
    @AnyThread
    void stop() {
        stopping = true;
        if (started) {
            queue.stop();
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /** Completes when the connection is closed. */
    @AnyThread
    CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public void end(FrameQueue.End why) {
        closeLine();
        hold.close();
        LOG.info(() -> this + " has ended");
        ended.complete(null);
    }

    void mute(boolean on) {
        muted = on;
    }

    boolean isMuted() {
        return muted;
    }

    String mediaSessionId() {
        return mediaSessionId;
    }

    PushTarget target() {
        return target;
    }

    PushCounters counters() {
        return counters;
    }

    /** Frames that were left out, here or in the queue. */
    long dropped() {
        return counters.dropped.get() + queue.counters().dropped();
    }

    boolean isConnected() {
        return connected;
    }

    /** Why there is no connection; empty while there is one that takes frames. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** What the picture is there; empty for a stream without. */
    Optional<Format> picture() {
        return hold.tracks().stream()
                .filter(StreamTrack::isVideo)
                .map(StreamTrack::format)
                .findFirst();
    }

    @Override
    public String toString() {
        return "The push of " + target.streamName() + " to " + target.address().server();
    }
}
