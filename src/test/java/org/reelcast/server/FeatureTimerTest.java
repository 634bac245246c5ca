package org.reelcast.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that fail. */
class FeatureTimerTest {
    private final FeatureTimer timer = new FeatureTimer(1, Thread::new);
    private final CountDownLatch runs = new CountDownLatch(3);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private void fail() {
        runs.countDown();
        if (runs.getCount() == 1) {
            throw new AssertionError("a fault of a test");
        }
        throw new IllegalStateException("a fault of a test");
    }

    private void assertRepeated() throws InterruptedException {
        assertTrue(runs.await(60, TimeUnit.SECONDS), "ended after a failure");
    }

    @Test
    void taskThatFails_isRepeated() throws InterruptedException {
        timer.scheduleWithFixedDelay(this::fail, 0, 1, TimeUnit.MILLISECONDS);
        assertRepeated();
    }

    @Test
    void taskAtARateThatFails_isRepeated() throws InterruptedException {
        timer.scheduleAtFixedRate(this::fail, 0, 1, TimeUnit.MILLISECONDS);
        assertRepeated();
    }
}
