package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LoadGaugeTest {
    private static final long SAMPLE_US = 100_000;

    private final LoadGauge gauge = new LoadGauge(new LoadLimits(90, 150_000));
    private long nowUs = 5_000_000;
    private long busyNs;

    @Test
    void halfBusyThread_hasRoom() {
        run(60, 50, 1_000);
        assertFalse(gauge.isSaturated(nowUs));
    }

    @Test
    void busyThread_isSaturatedAfterTwoSecondsAndFreeThreeSecondsAfterItCalmedDown() {
        run(5, 30, 0);
        run(1, 97, 0);
        assertFalse(gauge.isSaturated(nowUs), "one busy second is nothing");
        run(2, 97, 0);
        assertTrue(gauge.isSaturated(nowUs));
        run(10, 85, 0);
        assertTrue(gauge.isSaturated(nowUs), "a little less is not enough");
        run(2, 60, 0);
        assertTrue(gauge.isSaturated(nowUs));
        run(2, 60, 0);
        assertFalse(gauge.isSaturated(nowUs));
        run(20, 85, 0);
        assertFalse(gauge.isSaturated(nowUs), "what is not enough to go on is not enough to begin");
    }

    @Test
    void threadThatComesTooLateBecauseOthersHaveTheCores_isSaturated() {
        run(5, 30, 2_000);
        run(3, 30, 200_000);
        assertTrue(gauge.isSaturated(nowUs));
        run(6, 30, 100_000);
        assertTrue(gauge.isSaturated(nowUs));
        run(4, 30, 20_000);
        assertFalse(gauge.isSaturated(nowUs));
    }

    @Test
    void oneLongPause_isNothing() {
        run(5, 30, 0);
        sample(1_500_000, 30);
        run(1, 30, 0);
        assertFalse(gauge.isSaturated(nowUs));
        run(20, 30, 0);
        sample(1_500_000, 30);
        run(5, 30, 0);
        assertFalse(gauge.isSaturated(nowUs));
    }

    @Test
    void threadThatGivesNoSample_isStuckUntilItDoes() {
        run(5, 30, 0);
        nowUs += 2_200_000;
        assertTrue(gauge.isSaturated(nowUs));
        assertEquals("stuck", gauge.describe(nowUs));
        sample(0, 0);
        assertFalse(gauge.isSaturated(nowUs));
    }

    @Test
    void loopLoad_samplesItsLoopTenTimesASecond() {
        FakeLoop loop = new FakeLoop();
        long[] calls = new long[1];
        LoopLoad load = new LoopLoad(loop, new LoadLimits(90, 150_000), () -> calls[0]++ * 95_000_000);
        assertFalse(load.isSaturated(), "nothing is known yet");
        load.start();
        loop.run(4_000_000);
        assertEquals(41, calls[0]);
        assertTrue(load.isSaturated(), load.describe());
        assertEquals("busy 95 % of the time, 0 ms late", load.describe());
    }

    /** @param lateUs of each sample */
    private void run(int seconds, int busyPercent, long lateUs) {
        for (long endUs = nowUs + seconds * 1_000_000L; nowUs < endUs; ) {
            sample(lateUs, busyPercent);
        }
    }

    private void sample(long lateUs, int busyPercent) {
        long spanUs = SAMPLE_US + lateUs;
        nowUs += spanUs;
        busyNs += spanUs * 10 * busyPercent;
        gauge.sample(lateUs, busyNs, nowUs, nowUs + SAMPLE_US);
    }
}
