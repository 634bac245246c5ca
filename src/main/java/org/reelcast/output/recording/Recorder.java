package org.reelcast.output.recording;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;

/**
 * A recording in progress: writes the frames of a stream. When the disk or the machine is too slow the recording stops;
 * the stream never waits for it.
 */
public final class Recorder implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(Recorder.class.getName());

    private final Hold hold;
    private final RecordRequest request;
    private final RecordingWriter writer;
    private final FrameQueue queue;
    private final CompletableFuture<RecordEnd> finished = new CompletableFuture<>();

    /** @param hold on the stream; the recorder closes it when the film is finished */
    Recorder(Hold hold, RecordRequest request, RecordingWriter writer, Executor executor) {
        this.hold = hold;
        this.request = request;
        this.writer = writer;
        this.queue = new FrameQueue(hold.stream(), FrameQueue.Limits.DEFAULT, FrameQueue.WhenLate.END, executor, this);
        finished.whenComplete((end, failure) -> hold.close());
    }

    /** Begins with the next key frame, which a camera is asked for; of a film at once. */
    @AnyThread
    void start() {
        if (hold.stream().traits().keyFramesOnRequest()) {
            queue.start(hold.tracks());
        } else {
            writer.hideUntil(hold.stream().loop().nowUs());
            queue.startWithKept(hold.tracks());
        }
    }

    Stream stream() {
        return hold.stream();
    }

    public RecordRequest request() {
        return request;
    }

    /** What the file will be called, as far as it is known; {@code {endTime}} and the like are still in it. */
    public String fileName() {
        return writer.fileName();
    }

    /** Ends the recording, unless it has ended. */
    @AnyThread
    public CompletionStage<RecordEnd> stop() {
        queue.stop();
        return finished;
    }

    /** Completes when the film is finished, or there is nothing to finish, never exceptionally. */
    @AnyThread
    public CompletionStage<RecordEnd> finished() {
        return finished;
    }

    @Override
    public boolean take(Frame frame, long inStepUs) {
        return writer.take(frame, inStepUs);
    }

    @Override
    public void end(FrameQueue.End why) {
        if (why == FrameQueue.End.REFUSED) {
            writer.abandon();
            String sentence = writer.fileName() + " could not be brought to its end, as no thread was to be had;"
                    + " it is finished when the server starts again";
            LOG.warning(sentence);
            finished.complete(
                    new RecordEnd(Optional.empty(), Optional.of(sentence), Optional.of(StatusText.RECORDING_TOO_SLOW)));
            return;
        }
        writer.end(why == FrameQueue.End.LATE)
                .whenComplete((end, failure) -> finished.complete(
                        failure == null
                                ? end
                                : new RecordEnd(
                                        Optional.empty(),
                                        Optional.of("Unexpected: " + failure),
                                        Optional.of(StatusText.RECORDING_NOT_WRITABLE))));
    }
}
