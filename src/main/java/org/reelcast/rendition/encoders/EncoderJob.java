package org.reelcast.rendition.encoders;

import java.io.IOException;

/**
 * A job that encodes in short steps on the threads of an {@link EncoderPool}, as far as somebody wants it. All but
 * {@link #step} and {@link #end} are asked by any thread, and answer at once.
 */
public interface EncoderJob {

    /** The core on which a step works; for the step's thread. */
    interface Core {
        /** The step waits for something else from here on, such as storage: others may have the core. */
        void rest();

        /** The step needs a core again; waits for one. */
        void work();

        /** Whether the job is to end: a step need not go on. */
        boolean isStopping();
    }

    /**
     * How far what is made is beyond what is wanted, in microseconds of play-out; negative when it falls short. The
     * less, the sooner the job gets a core. Nobody waits for a job whose slack is 0 or more: it works in the
     * background.
     */
    long slackUs();

    /**
     * Whether there is something to do. When that becomes so, the job's slot is to be {@linkplain EncoderSlot#wake}.
     */
    boolean hasWork();

    /** Whether somebody reads what it makes, at that time of the pool's clock. */
    boolean isWantedAt(long nowNs);

    /** That of which it makes a part. */
    Workload workload();

    /**
     * Works for a short while. Never called on two threads at once; what it throws ends the job.
     *
     * @return whether it can go on; false when it has come to its end
     */
    boolean step(Core core) throws IOException;

    /**
     * Gives back all that the job has; called once, after the last step.
     *
     * @param failure what a step threw; null when the job has come to its end or nobody wants it any more
     */
    void end(IOException failure);
}
