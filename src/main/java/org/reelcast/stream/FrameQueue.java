package org.reelcast.stream;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Frame;

/**
 * Brings a stream's frames to who works off its loop: collects them in a bounded queue, and has short tasks take them a
 * few times a second, one task at a time. The stream never waits.
 */
public final class FrameQueue implements Subscriber {

    /** What happens when frames come faster than they are taken. */
    public enum WhenLate {
        /** All up to the next key frame of the picture are dropped; those of a stream without picture one by one. */
        SKIP_TO_KEY_FRAME,
        /** Nothing more is taken. */
        END
    }

    /** Why nothing more comes. */
    public enum End {
        /** The stream has ended, or {@link FrameQueue#stop} was called. */
        STREAM,
        /** By {@link WhenLate#END}. */
        LATE,
        /** The worker wanted no more, or broke. */
        WORKER,
        /** The stream has ended, and no task was run to take the last of it. Called by the loop, not by a task. */
        REFUSED
    }

    /** Takes the frames; called by one task at a time. */
    public interface Worker {

        /**
         * Takes the next frame.
         *
         * @param inStepUs what {@link Subscriber#onInStep} had said before this frame, 0 = nothing
         * @return false to have no more
         */
        boolean take(Frame frame, long inStepUs);

        /** The film stood still: what follows is so much later than it would have been. */
        default void waited(long us) {}

        /** No more for the moment. */
        default void pause() {}

        /** What is wrong with the stream, see {@link Subscriber#onProblem}; called by the loop, at any time. */
        default void problem(String what) {}

        /** Last call, once; always. */
        void end(End why);
    }

    /**
     * How much may wait.
     *
     * @param bytes   of payload
     * @param frames  however small
     * @param delayUs how long a frame waits for others before a task takes them
     */
    public record Limits(int bytes, int frames, long delayUs) {
        public static final Limits DEFAULT = new Limits(32 << 20, 8000, 200_000);
    }

    /**
     * What became of the frames so far.
     *
     * @param taken   handed to the worker
     * @param dropped by {@link WhenLate#SKIP_TO_KEY_FRAME}
     * @param waiting in the queue
     */
    public record Counters(long taken, long dropped, int waiting) {}

    private static final Logger LOG = Logger.getLogger(FrameQueue.class.getName());
    /** Between two attempts to have a task run. */
    private static final long RETRY_US = 200_000;
    /** Attempts after the end. */
    private static final int LAST_ATTEMPTS = 25;

    /**
     * @param frame null when the film stood still before the next one, for {@code waitedUs}
     * @param bytes that count
     */
    private record Item(Frame frame, int bytes, long inStepUs, long waitedUs) {}

    private final Stream stream;
    private final Limits limits;
    private final WhenLate whenLate;
    private final Executor executor;
    private final Worker worker;
    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    /** Whether a task is to run or runs. */
    private final AtomicBoolean taskDue = new AtomicBoolean();
    /** Whether the loop's timer is to start a task; on the loop. */
    private boolean timerDue;
    /** On the loop. */
    private boolean hasPicture;

    private boolean skipping;
    private long inStepUs;
    private long lastVideoUs = Long.MIN_VALUE;
    private boolean kept;
    private volatile StreamEnd streamEnd;
    private int lastAttempts;
    /** Whether the last attempt to have a task run was refused. */
    private volatile boolean refused;
    /** Null as long as frames come. */
    private volatile End end;
    /** Of the tasks, which run one after the other. */
    private boolean closed;

    /** @param executor runs the tasks */
    public FrameQueue(Stream stream, Limits limits, WhenLate whenLate, Executor executor, Worker worker) {
        this.stream = stream;
        this.limits = limits;
        this.whenLate = whenLate;
        this.executor = executor;
        this.worker = worker;
    }

    /** Takes the frames of {@code tracks} from now on, a picture with the next key frame. */
    @AnyThread
    public void start(List<StreamTrack> tracks) {
        start(tracks, false);
    }

    /** The same, and first of all the pictures since the last key frame, as far as the stream has kept them. */
    public void startWithKept(List<StreamTrack> tracks) {
        start(tracks, true);
    }

    private void start(List<StreamTrack> tracks, boolean withKept) {
        stream.loop().execute(() -> {
            kept = withKept;
            hasPicture = tracks.stream().anyMatch(StreamTrack::isVideo);
            stream.subscribe(this, tracks);
        });
    }

    /** Nothing more is to come; what waits is still taken. May be called again. */
    @AnyThread
    public void stop() {
        stream.loop().execute(() -> finish(End.STREAM));
    }

    /** How the stream has ended; empty when it goes on, or went on when nothing more was to come. */
    @AnyThread
    public Optional<StreamEnd> streamEnd() {
        return Optional.ofNullable(streamEnd);
    }

    @AnyThread
    public Counters counters() {
        return new Counters(taken.get(), dropped.get(), waiting.get());
    }

    /** Who has had some of the picture, which goes on elsewhere, gets what leads there; others begin with a key frame. */
    @Override
    public void onStart(List<Frame> groupOfPictures) {
        if (hasPicture && !(kept && !groupOfPictures.isEmpty())) {
            stream.requestKeyFrame();
        }
        if (kept || lastVideoUs != Long.MIN_VALUE) {
            long lastUs = lastVideoUs;
            boolean isFirst = waiting.get() == 0;
            // where what leads to the present was not kept, the next key frame
            skipping |= hasPicture && groupOfPictures.isEmpty();
            groupOfPictures.stream()
                    .filter(frame -> frame.decodeTimeUs() > lastUs)
                    .forEach(isFirst ? this::takeKept : this::onFrame);
        }
    }

    /** Does not count: the stream has it in memory anyway, and bounds that. */
    private void takeKept(Frame frame) {
        if (end == null && !isSkipped(frame)) {
            add(frame, 0);
        }
    }

    @Override
    public void onFrame(Frame frame) {
        if (end != null || isSkipped(frame)) {
            return;
        }
        if (bytes.get() > limits.bytes() || waiting.get() >= limits.frames()) {
            late();
            return;
        }
        add(frame, frame.size());
    }

    private void add(Frame frame, int counted) {
        if (frame.isVideo()) {
            lastVideoUs = frame.decodeTimeUs();
        }
        bytes.addAndGet(counted);
        waiting.incrementAndGet();
        items.add(new Item(frame, counted, inStepUs, 0));
        if (!timerDue) {
            timerDue = true;
            stream.loop().at(stream.loop().nowUs() + limits.delayUs(), () -> {
                timerDue = false;
                runTask();
            });
        }
    }

    private boolean isSkipped(Frame frame) {
        skipping &= hasPicture && !(frame.isVideo() && frame.isKey());
        if (skipping) {
            dropped.incrementAndGet();
        }
        return skipping;
    }

    private void late() {
        if (whenLate == WhenLate.END) {
            finish(End.LATE);
        } else {
            dropped.incrementAndGet();
            skipping = true;
            stream.requestKeyFrame();
        }
    }

    @Override
    public void onInStep(long pictureUs) {
        inStepUs = pictureUs;
    }

    @Override
    public void onWaited(long us) {
        items.add(new Item(null, 0, 0, us));
    }

    @Override
    public void onProblem(String what) {
        worker.problem(what);
    }

    @Override
    public void onEnd(StreamEnd how) {
        streamEnd = how;
        finish(End.STREAM);
    }

    @OnLoop
    private void finish(End why) {
        stream.unsubscribe(this);
        end = end == null ? why : end;
        runTask();
    }

    private void runTask() {
        if (taskDue.getAndSet(true)) {
            return;
        }
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            if (!refused) {
                refused = true;
                LOG.warning(
                        () -> "No thread takes the frames of " + stream.name() + " now, they wait: " + e.getMessage());
            }
            retry();
        }
    }

    /** Tries again a little later; what comes meanwhile waits, within the limits. */
    private void retry() {
        try {
            stream.loop().execute(() -> {
                lastAttempts += end == null ? 0 : 1;
                if (lastAttempts > LAST_ATTEMPTS) {
                    giveUp();
                    return;
                }
                stream.loop().at(stream.loop().nowUs() + RETRY_US, () -> {
                    taskDue.set(false);
                    runTask();
                });
            });
        } catch (RejectedExecutionException e) {
            // the loop runs no more either
            giveUp();
        }
    }

    private void giveUp() {
        end = End.REFUSED;
        close();
    }

    /** Takes what has come. */
    private void work() {
        refused = false;
        boolean last = end != null;
        try {
            for (Item item = items.poll(); item != null && !closed; item = items.poll()) {
                if (item.frame() == null) {
                    worker.waited(item.waitedUs());
                    continue;
                }
                bytes.addAndGet(-item.bytes());
                waiting.decrementAndGet();
                taken.incrementAndGet();
                if (!worker.take(item.frame(), item.inStepUs())) {
                    end = End.WORKER;
                    last = true;
                    stream.loop().execute(() -> stream.unsubscribe(this));
                    break;
                }
            }
            if (last) {
                close();
            } else {
                worker.pause();
            }
        } catch (RuntimeException | Error e) {
            end = End.WORKER;
            close();
            stream.loop().execute(() -> stream.unsubscribe(this));
            throw e;
        } finally {
            taskDue.set(false);
        }
        if (end != null && !closed) {
            runTask();
        }
    }

    private void close() {
        if (!closed) {
            closed = true;
            worker.end(end);
        }
    }
}
