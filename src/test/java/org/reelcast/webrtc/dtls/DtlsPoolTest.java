package org.reelcast.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DtlsPoolTest {
    private static final int THREADS = 4;
    private static final int QUEUE = 4096;

    @Test
    void handshakesBeyondTheThreadsWaitAndRun() throws InterruptedException {
        try (DtlsPool pool = new DtlsPool(THREADS)) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(3 * THREADS);
            for (int i = 0; i < 3 * THREADS; i++) {
                pool.execute(() -> {
                    await(go);
                    done.countDown();
                });
            }
            assertEquals(THREADS, pool.threads());
            go.countDown();
            assertTrue(done.await(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void handshakesBeyondTheQueueAreRefused() {
        try (DtlsPool pool = new DtlsPool(THREADS)) {
            CountDownLatch never = new CountDownLatch(1);
            for (int i = 0; i < THREADS + QUEUE; i++) {
                pool.execute(() -> await(never));
            }
            assertThrows(RejectedExecutionException.class, () -> pool.execute(never::countDown));
        }
    }

    @Test
    void closedPoolRefuses() {
        DtlsPool pool = new DtlsPool(THREADS);
        pool.close();
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
    }

    /** Ends when the pool is closed, too. */
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
