package org.reelcast.output.recording;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;

/**
 * A recording in progress: takes the frames of a stream on its loop and hands them over to short tasks, a few a second,
 * which write. When the disk or the machine is too slow the recording stops; the stream never waits for it.
 */
public final class Recorder implements Subscriber {
    private static final long DELAY_US = 200_000;

    private final Stream stream;
    private final RecordRequest request;
    private final RecordingWriter writer;
    private final Executor executor;
    private final FrameInbox inbox = new FrameInbox();
    private final CompletableFuture<RecordEnd> finished = new CompletableFuture<>();
    /** Whether a task is to run or runs. */
    private final AtomicBoolean taskDue = new AtomicBoolean();
    /** Whether the loop's timer is to start a task; on the loop. */
    private boolean timerDue;
    /** On the loop. */
    private long inStepUs;
    private volatile boolean ended;
    private volatile boolean tooSlow;
    /** Of the tasks, which run one after the other. */
    private boolean closed;

    Recorder(Stream stream, RecordRequest request, RecordingWriter writer, Executor executor) {
        this.stream = stream;
        this.request = request;
        this.writer = writer;
        this.executor = executor;
    }

    /** Begins with the next key frame; any thread. */
    void start() {
        stream.loop().execute(() -> stream.subscribe(this));
    }

    public RecordRequest request() {
        return request;
    }

    /** What the file will be called, as far as it is known; {@code {endTime}} and the like are still in it. */
    public String fileName() {
        return writer.fileName();
    }

    /** Ends the recording, unless it has ended; any thread. */
    public CompletionStage<RecordEnd> stop() {
        stream.loop().execute(() -> {
            stream.unsubscribe(this);
            end();
        });
        return finished;
    }

    /** Completes when the film is finished, or there is nothing to finish, never exceptionally; on any thread. */
    public CompletionStage<RecordEnd> finished() {
        return finished;
    }

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        stream.requestKeyFrame();
    }

    @Override
    public void onFrame(Frame frame) {
        if (ended) {
            return;
        }
        if (!inbox.offer(frame, inStepUs)) {
            tooSlow = true;
            stream.unsubscribe(this);
            end();
        } else if (!timerDue) {
            timerDue = true;
            stream.loop().at(stream.loop().nowUs() + DELAY_US, () -> {
                timerDue = false;
                run();
            });
        }
    }

    @Override
    public void onInStep(long pictureUs) {
        inStepUs = pictureUs;
    }

    @Override
    public void onEnd(StreamEnd end) {
        end();
    }

    private void end() {
        ended = true;
        run();
    }

    private void run() {
        if (taskDue.getAndSet(true)) {
            return;
        }
        try {
            executor.execute(this::write);
        } catch (RejectedExecutionException e) {
            taskDue.set(false);
            stream.unsubscribe(this);
            ended = true;
            writer.abandon();
            finished.complete(new RecordEnd(Optional.empty(),
                    Optional.of("The server stops; the recording is finished when it starts again"),
                    Optional.empty()));
        }
    }

    /** Writes what has come. */
    private void write() {
        boolean last = ended;
        try {
            for (FrameInbox.Item item = inbox.poll(); item != null && !closed; item = inbox.poll()) {
                if (!writer.take(item.frame(), item.inStepUs())) {
                    stream.loop().execute(() -> stream.unsubscribe(this));
                    ended = true;
                    last = true;
                    break;
                }
            }
            if (last && !closed) {
                closed = true;
                writer.end(tooSlow).whenComplete((end, failure) -> finished.complete(failure == null ? end
                        : new RecordEnd(Optional.empty(), Optional.of("Unexpected: " + failure),
                                Optional.of(StatusText.RECORDING_NOT_WRITABLE))));
            }
        } finally {
            taskDue.set(false);
        }
        if (ended && !closed) {
            run();
        }
    }
}
