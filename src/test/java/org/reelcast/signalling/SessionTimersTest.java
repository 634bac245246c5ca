package org.reelcast.signalling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.tyrus.core.BaseContainer;
import org.junit.jupiter.api.Test;

class SessionTimersTest {

    @Test
    void timerWithoutDelay_isThatOfASessionWithoutTimeoutAndNotRun() throws Exception {
        SessionTimers.Timers timers = new SessionTimers.Timers();
        try {
            AtomicInteger ran = new AtomicInteger();
            CountDownLatch later = new CountDownLatch(1);
            Runnable idle = ran::incrementAndGet;
            timers.schedule(idle, 0, TimeUnit.MILLISECONDS).cancel(false);
            timers.schedule(later::countDown, 1, TimeUnit.MILLISECONDS);
            assertTrue(later.await(10, TimeUnit.SECONDS));
            assertEquals(0, ran.get());
        } finally {
            timers.shutdownNow();
        }
    }

    @Test
    void tyrus_looksInsideAsItDid() throws Exception {
        assertTrue(BaseContainer.class.getDeclaredField(SessionTimers.FIELD).trySetAccessible());
    }
}
