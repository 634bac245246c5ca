package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A camera that sends what REMB allows, up to 2.5 Mbit/s, over links of several widths. */
class RateEstimatorTest {
    private static final long CAMERA_BPS = 2_500_000;
    private static final long FRAME_US = 33_333;

    private final RateEstimator estimator = new RateEstimator(600_000, 100_000, 4_000_000);
    private long nowUs;
    private long queueUs;
    private long received;
    private long lost;
    private long sentBps;
    private long longestQueueUs;

    @Test
    void aGoodLink_isUsedInFullWithinSeconds() {
        play(5, 100_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
        play(20, 100_000_000, 0);
        assertTrue(estimator.estimateBps() >= CAMERA_BPS * 5 / 4);
    }

    @Test
    void aNarrowLink_isFilledButNotFlooded() {
        play(30, 1_000_000, 0);
        longestQueueUs = 0;
        long sum = 0;
        for (int i = 0; i < 60; i++) {
            play(1, 1_000_000, 0);
            sum += sentBps;
        }
        assertTrue(sum / 60 > 650_000 && sum / 60 < 1_100_000, "sends " + sum / 60);
        assertTrue(longestQueueUs < 500_000, "queue of " + longestQueueUs);
    }

    @Test
    void heavyLoss_lowersTheRate_andItComesBack() {
        play(10, 100_000_000, 0);
        play(10, 100_000_000, 25);
        assertTrue(estimator.estimateBps() < 1_000_000, "at " + estimator.estimateBps());
        play(60, 100_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
    }

    @Test
    void aLittleLoss_isBorne() {
        play(10, 100_000_000, 0);
        play(30, 100_000_000, 5);
        assertEquals(CAMERA_BPS, sentBps);
    }

    @Test
    void aCameraAtRest_doesNotMakeTheEstimateGrowWithoutBounds() {
        for (int i = 0; i < 1_000; i++) {
            nowUs += 500_000;
            estimator.bytes(1_000);
            estimator.transit(0, nowUs);
            estimator.update(++received, 0, nowUs);
        }
        assertTrue(estimator.estimateBps() < 1_000_000);
    }

    private void play(int seconds, long linkBps, int lossPercent) {
        long endUs = nowUs + seconds * 1_000_000L;
        while (nowUs < endUs) {
            sentBps = Math.min(CAMERA_BPS, estimator.estimateBps());
            long size = sentBps * FRAME_US / 8_000_000;
            long transitUs = queueUs;
            queueUs = Math.max(0, queueUs + size * 8_000_000 / linkBps - FRAME_US);
            longestQueueUs = Math.max(longestQueueUs, queueUs);
            int packets = (int) (size / 1_200) + 1;
            for (int i = 0; i < packets; i++) {
                if ((received + lost) % 100 < lossPercent) {
                    lost++;
                } else {
                    received++;
                    estimator.bytes((int) (size / packets));
                }
            }
            estimator.transit(transitUs, nowUs);
            estimator.update(received, lost, nowUs);
            nowUs += FRAME_US;
        }
    }
}
