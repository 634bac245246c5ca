package org.reelcast.rendition.encoders;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A job that does as a test says. */
final class FakeJob implements EncoderJob {
    private final Workload workload;
    private long slackUs;
    private int steps;
    private boolean wanted = true;
    private IOException failsWith;
    private boolean comesToItsEnd;
    private int stepsDone;
    private int ended;
    private IOException failure;
    private Runnable duringStep = () -> {};

    FakeJob(Workload workload) {
        this.workload = workload;
    }

    FakeJob() {
        this(() -> 1);
    }

    /** Has so many steps to do. */
    synchronized FakeJob work(int count, long slack) {
        steps = count;
        slackUs = slack;
        return this;
    }

    synchronized FakeJob unwanted() {
        wanted = false;
        return this;
    }

    synchronized FakeJob failing(IOException e) {
        failsWith = e;
        return this;
    }

    synchronized FakeJob ending() {
        comesToItsEnd = true;
        return this;
    }

    synchronized FakeJob doing(Runnable task) {
        duringStep = task;
        return this;
    }

    synchronized int stepsDone() {
        return stepsDone;
    }

    synchronized boolean isEnded() {
        if (ended > 1) {
            throw new IllegalStateException("ended " + ended + " times");
        }
        return ended == 1;
    }

    synchronized IOException failure() {
        return failure;
    }

    @Override
    public synchronized long slackUs() {
        return slackUs;
    }

    @Override
    public synchronized boolean hasWork() {
        return steps > 0;
    }

    @Override
    public synchronized boolean isWantedAt(long nowNs) {
        return wanted;
    }

    @Override
    public Workload workload() {
        return workload;
    }

    @Override
    public boolean step(Core core) throws IOException {
        Runnable task;
        synchronized (this) {
            task = duringStep;
        }
        task.run();
        synchronized (this) {
            steps--;
            stepsDone++;
            if (failsWith != null) {
                throw failsWith;
            }
            return !comesToItsEnd;
        }
    }

    @Override
    public synchronized void end(IOException why) {
        ended++;
        failure = why;
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
