package org.reelcast.source.vod;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.loop.MediaLoop;
import org.reelcast.media.Frame;

/**
 * Keeps a bounded stretch of a film read ahead of play-out. The queue belongs to the loop; the reading is done by short
 * tasks on the readers' executor, one at a time, which hand over frames in batches and hold no thread while the queue
 * is full.
 */
final class ReadAhead implements FrameQueue {
    /** A task reads until so much is queued. */
    static final long FULL_US = 2_000_000;
    static final int FULL_BYTES = 4 << 20;
    /** Below this the next task is started. */
    static final long LOW_US = 1_000_000;
    static final int LOW_BYTES = 1 << 20;
    /** The first frames of a task go over one by one, for a picture at once. */
    private static final int FIRST_BATCH = 2;
    private static final int BATCH = 32;
    /** A batch that takes longer goes over as it is: frames that are just being made may be due at once. */
    private static final long BATCH_US = 5_000;
    /** A task that takes longer lets those of other films go first. */
    private static final long TURN_US = 100_000;

    private final FilmReader reader;
    private final Executor readers;
    private final MediaLoop loop;
    private final Runnable onMore;

    private final Queue<Frame> queue = new ArrayDeque<>();
    private int queuedBytes;
    private long lastQueuedUs = Long.MIN_VALUE;
    private boolean reading;
    /** The last task let others go before the queue was full. */
    private boolean interrupted;
    private boolean complete;
    private IOException failure;
    private long endUs;
    private volatile boolean closed;

    /** @param onMore called on the loop after frames or the end have come in */
    ReadAhead(FilmReader reader, Executor readers, MediaLoop loop, Runnable onMore) {
        this.reader = reader;
        this.readers = readers;
        this.loop = loop;
        this.onMore = onMore;
    }

    /** Starts to read when the queue is low. */
    void refill() {
        if (reading || complete || closed || !interrupted && !isLow()) {
            return;
        }
        reading = true;
        long bufferedUs = bufferedUs();
        int bufferedBytes = queuedBytes;
        try {
            readers.execute(() -> read(FULL_US - bufferedUs, FULL_BYTES - bufferedBytes));
        } catch (RejectedExecutionException e) {
            accept(List.of(), new Outcome(true, false,
                    new IOException("no reader for the file: " + e.getMessage(), e), 0));
        }
    }

    private boolean isLow() {
        return queue.isEmpty() || bufferedUs() < LOW_US && queuedBytes < LOW_BYTES;
    }

    /** Whether there is enough to play on after a wait without waiting again at once; on the loop. */
    boolean isWellFilled() {
        return complete || !reading && !isLow();
    }

    private long bufferedUs() {
        return queue.isEmpty() ? 0 : lastQueuedUs - queue.peek().decodeTimeUs();
    }

    @Override
    public Frame peek() {
        return queue.peek();
    }

    @Override
    public Frame poll() {
        Frame frame = queue.poll();
        if (frame != null) {
            queuedBytes -= frame.size();
        }
        refill();
        return frame;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public long endUs() {
        return endUs;
    }

    @Override
    public IOException failure() {
        return failure;
    }

    /** Lets go of the film; on the loop. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        queue.clear();
        if (!reading) {
            reader.close();
        }
    }

    /** What ends a task: {@code complete} when nothing more will come, {@code interrupted} before the queue is full. */
    private record Outcome(boolean complete, boolean interrupted, IOException failure, long endUs) {
    }

    private void read(long wantedUs, int wantedBytes) {
        List<Frame> batch = new ArrayList<>(BATCH);
        int limit = FIRST_BATCH;
        long turnUs = loop.nowUs();
        long begunUs = turnUs;
        long firstUs = Long.MIN_VALUE;
        long lastUs = 0;
        int bytes = 0;
        Outcome outcome = null;
        try {
            while (!closed && (firstUs == Long.MIN_VALUE || lastUs - firstUs < wantedUs && bytes < wantedBytes)) {
                Frame frame = reader.next();
                if (frame == null) {
                    outcome = new Outcome(true, false, null, reader.endUs());
                    break;
                }
                firstUs = firstUs == Long.MIN_VALUE ? frame.decodeTimeUs() : firstUs;
                lastUs = frame.decodeTimeUs();
                bytes += frame.size();
                batch.add(frame);
                if (batch.size() >= limit || loop.nowUs() - begunUs >= BATCH_US) {
                    handOver(batch, null);
                    batch = new ArrayList<>(BATCH);
                    limit = BATCH;
                    begunUs = loop.nowUs();
                    if (begunUs - turnUs >= TURN_US) {
                        outcome = new Outcome(false, true, null, 0);
                        break;
                    }
                }
            }
        } catch (IOException e) {
            outcome = new Outcome(true, false, e, lastUs);
        } catch (RuntimeException | Error e) {
            outcome = new Outcome(true, false, new IOException("unexpected error while reading: " + e, e), lastUs);
        }
        handOver(batch, outcome == null ? new Outcome(false, false, null, 0) : outcome);
    }

    private void handOver(List<Frame> frames, Outcome outcome) {
        try {
            loop.execute(() -> accept(frames, outcome));
        } catch (RejectedExecutionException e) {
            // the server stops and its loops have ended: nobody is left to close the film
            closed = true;
            if (outcome != null) {
                reader.close();
            }
        }
    }

    /** On the loop. */
    private void accept(List<Frame> frames, Outcome outcome) {
        if (outcome != null) {
            reading = false;
            interrupted = outcome.interrupted();
        }
        if (closed) {
            if (outcome != null) {
                reader.close();
            }
            return;
        }
        for (Frame frame : frames) {
            queue.add(frame);
            queuedBytes += frame.size();
            lastQueuedUs = frame.decodeTimeUs();
        }
        if (outcome != null && outcome.complete()) {
            complete = true;
            failure = outcome.failure();
            endUs = outcome.failure() == null ? outcome.endUs() : Math.max(lastQueuedUs, 0);
        } else {
            refill();
        }
        onMore.run();
    }
}
