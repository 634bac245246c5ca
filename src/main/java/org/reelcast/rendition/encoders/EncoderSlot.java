package org.reelcast.rendition.encoders;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.NanoClock;

/**
 * The place of one job in the pool: from {@link EncoderPool#reserve} until the job has ended or {@link #cancel}. It
 * runs the job step by step while there is work, and ends it when it fails, when it is closed, when it has been idle
 * for long or when its place is needed.
 */
@AnyThread
public final class EncoderSlot {
    private static final Logger LOG = Logger.getLogger(EncoderSlot.class.getName());

    /** Is told what becomes of the slot, which may be locked meanwhile: the listener must not wait for a slot. */
    interface Listener {
        void onStarted(EncoderSlot slot);

        void onBusy(EncoderSlot slot);

        /** There has been nothing to do since that time of the clock. */
        void onIdle(EncoderSlot slot, long sinceNs);

        void onLeft(EncoderSlot slot);
    }

    private final NanoClock clock;
    private final CoreQueue cores;
    private final Executor executor;
    private final Listener listener;
    private final Turn turn = new Turn();
    private volatile EncoderJob job;

    // guarded by this
    private boolean scheduled;
    private boolean closing;
    private boolean ended;
    private long idleSinceNs;

    EncoderSlot(NanoClock clock, CoreQueue cores, Executor executor, Listener listener) {
        this.clock = clock;
        this.cores = cores;
        this.executor = executor;
        this.listener = listener;
    }

    /** The slot's turn at a core. */
    private final class Turn implements CoreQueue.Place, EncoderJob.Core {
        /** As the job's was when it was put in the queue. */
        private volatile long slackUs;

        @Override
        public long slackUs() {
            return slackUs;
        }

        @Override
        public void rest() {
            cores.giveBack();
        }

        @Override
        public void work() {
            cores.take(this);
        }

        @Override
        public boolean isStopping() {
            return isClosing();
        }
    }

    /** The place is not needed after all; instead of {@link #start}. */
    public void cancel() {
        listener.onLeft(this);
    }

    /** The job is at work from here on, whenever it has something to do; once it was {@linkplain #close}d it ends. */
    public void start(EncoderJob started) {
        synchronized (this) {
            job = started;
        }
        listener.onStarted(this);
        if (isClosing()) {
            end(null);
        } else {
            wake();
        }
    }

    /** The job has work, or it is more urgent than it was. */
    public synchronized void wake() {
        EncoderJob awake = job;
        if (closing || awake == null) {
            return;
        }
        if (scheduled) {
            long nowUs = awake.slackUs();
            if (turn.isInBackground() && nowUs < turn.slackUs) {
                cores.reorder(turn, () -> turn.slackUs = nowUs);
            }
        } else if (awake.hasWork()) {
            scheduled = true;
            turn.slackUs = awake.slackUs();
            listener.onBusy(this);
            executor.execute(this::step);
        }
    }

    EncoderJob job() {
        return job;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** One step, on a thread of the pool's. */
    private void step() {
        IOException failure = null;
        boolean goesOn = false;
        turn.work();
        long sinceNs = clock.nowNs();
        try {
            goesOn = job.step(turn);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("Encoding failed: " + e, e);
            LOG.log(Level.SEVERE, job + " failed", e);
        } finally {
            turn.rest();
        }
        long nowNs = clock.nowNs();
        synchronized (this) {
            closing |= !goesOn;
            if (!closing && job.hasWork()) {
                turn.slackUs = job.slackUs();
                executeAfter(turn.isInBackground() ? cores.restNs(nowNs - sinceNs) : 0, nowNs);
                return;
            }
            scheduled = false;
            idleSinceNs = nowNs;
            if (!closing) {
                listener.onIdle(this, nowNs);
                return;
            }
        }
        end(failure);
    }

    private void executeAfter(long restNs, long nowNs) {
        if (restNs == 0) {
            executor.execute(this::step);
        } else {
            clock.at(nowNs + restNs, () -> executor.execute(this::step));
        }
    }

    void closeIfIdleSince(long sinceNs) {
        synchronized (this) {
            if (idleSinceNs != sinceNs) {
                return;
            }
        }
        closeIfIdle();
    }

    /** Ends the job, unless it is at work or about to be. */
    void closeIfIdle() {
        synchronized (this) {
            if (scheduled || closing) {
                return;
            }
            closing = true;
        }
        end(null);
    }

    /** Ends the job; a step that is at work comes to its end first. */
    public void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
            if (scheduled || job == null) {
                return;
            }
        }
        end(null);
    }

    private void end(IOException failure) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        job.end(failure);
        listener.onLeft(this);
    }
}
