package org.reelcast.live.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Frame;
import org.reelcast.refusal.StatusText;
import org.reelcast.stream.FrameQueue;
import org.reelcast.stream.Hold;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;

/**
 * One track of a stream being decoded for all who take it. Works off the stream's loop, in short tasks.
 *
 * @param <T> who takes what comes out
 */
abstract class Decoding<T extends DecodedConsumer> implements FrameQueue.Worker {
    private static final Logger LOG = Logger.getLogger(Decoding.class.getName());

    private final Hold hold;
    private final FrameQueue queue;
    private final Consumer<Decoding<T>> onEnd;
    /** Replaced, never changed: one may leave while it is handed something. */
    private volatile List<T> takers = List.of();

    private volatile boolean failed;

    /** @param onEnd called when nothing more comes, before the takers hear of it */
    Decoding(Hold hold, FrameQueue.Limits limits, Executor executor, Consumer<Decoding<T>> onEnd) {
        this.hold = hold;
        this.onEnd = onEnd;
        this.queue = new FrameQueue(hold.stream(), limits, FrameQueue.WhenLate.SKIP_TO_KEY_FRAME, executor, this);
    }

    /** Decodes a frame and hands out what becomes of it. @throws IOException when no further one can be decoded */
    abstract void decode(Frame frame) throws IOException;

    /** There are no more frames: hands out what was held back. */
    abstract void finish() throws IOException;

    /** Frees the decoder, which may be none yet; the last call. */
    abstract void release();

    /** Frames that did not decode, or were left out since they came too late. */
    abstract long lost();

    final Stream stream() {
        return hold.stream();
    }

    final void start() {
        queue.startWithKept(hold.tracks());
        hold.start();
    }

    final synchronized void add(T taker) {
        List<T> more = new ArrayList<>(takers);
        more.add(taker);
        takers = List.copyOf(more);
    }

    /** @return whether somebody is left */
    final synchronized boolean remove(T taker) {
        List<T> fewer = new ArrayList<>(takers);
        fewer.remove(taker);
        takers = List.copyOf(fewer);
        return !takers.isEmpty();
    }

    /** Nobody takes anything any more. */
    @AnyThread
    final void stop() {
        queue.stop();
        hold.close();
    }

    /** Calls all takers; one that breaks gets nothing more. */
    final void each(Consumer<T> call) {
        List<T> now = takers;
        for (int i = 0; i < now.size(); i++) {
            T taker = now.get(i);
            try {
                call.accept(taker);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.SEVERE,
                        "What takes the decoded " + stream().name() + " broke, and gets no more of it",
                        e);
                remove(taker);
                taker.onEnd(StreamEnd.failed(StatusText.FAILED_BY_ERROR));
            }
        }
    }

    /** What became of the stream's frames. */
    @AnyThread
    final DecodingCounters counters() {
        FrameQueue.Counters frames = queue.counters();
        return new DecodingCounters(frames.taken(), frames.dropped() + lost(), frames.waiting());
    }

    @Override
    public final boolean take(Frame frame, long inStepUs) {
        try {
            decode(frame);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, stream().name() + " is decoded no more: " + e.getMessage(), e);
            failed = true;
            return false;
        }
    }

    @Override
    public final void end(FrameQueue.End why) {
        try {
            if (!failed) {
                finish();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.FINE, "The last of what " + stream().name() + " decodes to is missing", e);
        } finally {
            release();
        }
        hold.close();
        onEnd.accept(this);
        StreamEnd end = failed || queue.streamEnd().isEmpty()
                ? StreamEnd.failed(StatusText.FAILED_BY_ERROR)
                : queue.streamEnd().get();
        each(taker -> taker.onEnd(end));
    }
}
