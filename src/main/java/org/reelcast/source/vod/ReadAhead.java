package org.reelcast.source.vod;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.loop.MediaLoop;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Frame;

/**
 * Keeps a bounded stretch of a film's open tracks read ahead of play-out. The queues belong to the loop; the reading is
 * done by short tasks on the readers' executor, one at a time, which hand over frames in batches and hold no thread
 * while enough is queued. While no track is open nothing is read.
 */
final class ReadAhead implements FilmFrames {
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

    private static final int NONE = -1;

    private final FilmReader reader;
    private final Executor readers;
    private final MediaLoop loop;
    private final Runnable onMore;
    /** What the next frames are read after: tracks to open or close. */
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

    /** By track; what has been read of it. */
    private final List<Queue<Frame>> queues = new ArrayList<>();

    private final boolean[] open;
    /** How often each track was opened or closed: what was read before that is not handed out. */
    private final int[] changed;

    private int queuedBytes;
    /** The track of the next frame, {@link #NONE} when that is not known. */
    private int next = NONE;

    private long lastReadUs = Long.MIN_VALUE;
    /** Where a track was opened last: those that were open before have been read further. */
    private long openedUs = Long.MIN_VALUE;

    private boolean reading;
    /** The last task let others go before the queue was full. */
    private boolean interrupted;

    private boolean complete;
    private IOException failure;
    private long endUs;
    /** No track is open: there is nothing to read until one is. */
    private boolean idle;

    private volatile boolean closed;
    /** By track, the number of its last change that reading has followed; of the reading task. */
    private final int[] readAfter;

    /** @param number of the track's changes; whether it is {@code open} from then on, read from {@code timeUs} on */
    private record Change(int track, int number, boolean open, long timeUs) {}

    /** A frame, the track that it is of, and after which of the track's changes it was read. */
    private record Read(int track, int change, Frame frame) {}

    /**
     * @param tracks how many the film has
     * @param onMore called on the loop after frames or the end have come in
     */
    ReadAhead(FilmReader reader, int tracks, Executor readers, MediaLoop loop, Runnable onMore) {
        this.reader = reader;
        this.readers = readers;
        this.loop = loop;
        this.onMore = onMore;
        this.open = new boolean[tracks];
        this.changed = new int[tracks];
        this.readAfter = new int[tracks];
        for (int i = 0; i < tracks; i++) {
            queues.add(new ArrayDeque<>());
        }
    }

    /** From now on the track is read, so that it can be shown from {@code timeUs} on; {@link #refill} begins. */
    void open(int track, long timeUs) {
        open[track] = true;
        idle = false;
        complete = failure != null;
        openedUs = timeUs;
        lastReadUs = Math.min(lastReadUs, timeUs);
        changes.add(new Change(track, ++changed[track], true, timeUs));
    }

    /** The track is read no more. */
    void close(int track) {
        open[track] = false;
        changes.add(new Change(track, ++changed[track], false, 0));
        queues.get(track).forEach(frame -> queuedBytes -= frame.size());
        queues.get(track).clear();
        next = NONE;
    }

    /** Starts to read when the queue is low, or tracks have been opened or closed. */
    void refill() {
        if (reading
                || closed
                || failure != null
                || changes.isEmpty() && (complete || idle || !interrupted && !isLow())) {
            return;
        }
        reading = true;
        Frame first = peek();
        long fromUs = first == null ? Long.MIN_VALUE : Math.max(first.decodeTimeUs(), openedUs);
        int bytes = Math.max(LOW_BYTES, FULL_BYTES - queuedBytes);
        try {
            readers.execute(() -> read(fromUs, bytes));
        } catch (RejectedExecutionException e) {
            accept(List.of(), Outcome.broken(new IOException("no reader for the file: " + e.getMessage(), e)));
        }
    }

    private boolean isLow() {
        Frame first = peek();
        // frames of before a track was opened go out at once, and do not count
        return first == null
                || lastReadUs < openedUs && queuedBytes < FULL_BYTES
                || lastReadUs - first.decodeTimeUs() < LOW_US && queuedBytes < LOW_BYTES;
    }

    /** Whether all that open tracks have before {@code timeUs} has come in. */
    @OnLoop
    boolean isReadUpTo(long timeUs) {
        return complete || lastReadUs - Playout.SOUND_LEAD_US >= timeUs;
    }

    /** Whether there is enough to play on after a wait without waiting again at once. */
    @OnLoop
    boolean isWellFilled() {
        return complete || !reading && !isLow();
    }

    @Override
    public Frame peek() {
        if (next == NONE) {
            next = first();
        }
        return next == NONE ? null : queues.get(next).peek();
    }

    /** The track whose next frame leaves first. */
    private int first() {
        int first = NONE;
        long firstUs = Long.MAX_VALUE;
        for (int i = 0; i < queues.size(); i++) {
            Frame frame = queues.get(i).peek();
            if (frame != null && Playout.leavesAtUs(frame) < firstUs) {
                first = i;
                firstUs = Playout.leavesAtUs(frame);
            }
        }
        return first;
    }

    @Override
    public int track() {
        return next;
    }

    @Override
    public Frame poll() {
        Frame frame = peek();
        if (frame != null) {
            queues.get(next).remove();
            next = NONE;
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

    /** Lets go of the film. */
    @OnLoop
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        queues.forEach(Queue::clear);
        next = NONE;
        if (!reading) {
            reader.close();
        }
    }

    /**
     * What ends a task: {@code complete} when nothing more will come, {@code interrupted} before the queue is full,
     * {@code idle} when no track is open.
     */
    private record Outcome(boolean complete, boolean interrupted, boolean idle, IOException failure, long endUs) {
        private static final Outcome FULL = new Outcome(false, false, false, null, 0);
        private static final Outcome INTERRUPTED = new Outcome(false, true, false, null, 0);
        private static final Outcome IDLE = new Outcome(false, false, true, null, 0);

        static Outcome end(long endUs) {
            return new Outcome(true, false, false, null, endUs);
        }

        static Outcome broken(IOException failure) {
            return new Outcome(true, false, false, failure, 0);
        }
    }

    /**
     * @param fromUs what is queued is counted from here; from the first frame on when it is {@link Long#MIN_VALUE}
     * @param wantedBytes so much is read at the most
     */
    private void read(long fromUs, int wantedBytes) {
        List<Read> batch = new ArrayList<>(BATCH);
        int limit = FIRST_BATCH;
        long turnUs = loop.nowUs();
        long begunUs = turnUs;
        long countedUs = fromUs;
        long lastUs = fromUs;
        int bytes = 0;
        Outcome outcome = Outcome.FULL;
        try {
            while (!closed && (countedUs == Long.MIN_VALUE || lastUs - countedUs < FULL_US && bytes < wantedBytes)) {
                change();
                Frame frame = reader.next();
                if (frame == null) {
                    outcome = reader.isOver() ? Outcome.end(reader.endUs()) : Outcome.IDLE;
                    break;
                }
                countedUs = countedUs == Long.MIN_VALUE ? frame.decodeTimeUs() : countedUs;
                lastUs = frame.decodeTimeUs();
                bytes += frame.size();
                batch.add(new Read(reader.track(), readAfter[reader.track()], frame));
                if (batch.size() >= limit || loop.nowUs() - begunUs >= BATCH_US) {
                    handOver(batch, null);
                    batch = new ArrayList<>(BATCH);
                    limit = BATCH;
                    begunUs = loop.nowUs();
                    if (begunUs - turnUs >= TURN_US) {
                        outcome = Outcome.INTERRUPTED;
                        break;
                    }
                }
            }
        } catch (IOException e) {
            outcome = Outcome.broken(e);
        } catch (RuntimeException | Error e) {
            outcome = Outcome.broken(new IOException("unexpected error while reading: " + e, e));
        }
        handOver(batch, outcome);
    }

    private void change() throws IOException {
        for (Change change = changes.poll(); change != null; change = changes.poll()) {
            readAfter[change.track()] = change.number();
            if (change.open()) {
                reader.open(change.track(), change.timeUs());
            } else {
                reader.close(change.track());
            }
        }
    }

    private void handOver(List<Read> frames, Outcome outcome) {
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

    @OnLoop
    private void accept(List<Read> frames, Outcome outcome) {
        if (outcome != null) {
            reading = false;
            interrupted = outcome.interrupted();
            idle = outcome.idle() && changes.isEmpty();
        }
        if (closed) {
            if (outcome != null) {
                reader.close();
            }
            return;
        }
        for (Read read : frames) {
            Frame frame = read.frame();
            if (open[read.track()] && changed[read.track()] == read.change()) {
                queues.get(read.track()).add(frame);
                queuedBytes += frame.size();
                next = NONE;
                lastReadUs = frame.decodeTimeUs();
            }
        }
        if (outcome != null && outcome.complete() && (changes.isEmpty() || outcome.failure() != null)) {
            complete = true;
            failure = outcome.failure();
            endUs = outcome.failure() == null ? outcome.endUs() : Math.max(lastReadUs, 0);
        } else {
            refill();
        }
        onMore.run();
    }
}
