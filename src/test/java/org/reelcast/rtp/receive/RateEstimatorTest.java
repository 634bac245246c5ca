package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera that sends what REMB allows, up to 2.5 Mbit/s, over links of several widths. */
class RateEstimatorTest {
    private static final long CAMERA_BPS = 2_500_000;
    private static final long FRAME_US = 33_333;

    private final RateEstimator estimator = new RateEstimator(600_000, 100_000, 4_000_000);
    private long nowUs;
    private final Queue<Packet> onTheWay = new ArrayDeque<>();
    private long freeUs;
    private long sent;
    private long received;
    private long lost;
    private long sentBps;
    private long longestQueueUs;
    private long roomBeforeTheNarrowPlaceUs = 300_000;

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
        assertTrue(longestQueueUs < 250_000, "queue of " + longestQueueUs);
    }

    @Test
    void aWayThatBecomesNarrow_isFilledAgainWithinSeconds_andWideOnesToo() {
        play(10, 100_000_000, 0);
        long lowest = Long.MAX_VALUE;
        for (int i = 0; i < 30; i++) {
            play(1, 700_000, 0);
            lowest = Math.min(lowest, estimator.estimateBps());
        }
        assertTrue(lowest > 300_000, "fell to " + lowest);
        play(8, 100_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 300_000, 1_000_000})
    void aWayThatDropsToAThird_isFilledAgainWithinSecondsAndStaysSo(long roomUs) {
        roomBeforeTheNarrowPlaceUs = roomUs;
        play(10, 3_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
        play(2, 1_000_000, 0);
        assertTrue(estimator.estimateBps() < 1_000_000, "after 2 s " + estimator.estimateBps());
        long lowest = estimator.estimateBps();
        play(2, 1_000_000, 0);
        for (int i = 0; i < 120; i++) {
            lowest = Math.min(lowest, estimator.estimateBps());
            assertTrue(
                    estimator.estimateBps() >= 800_000 && estimator.estimateBps() <= 1_200_000,
                    (4 + i / 4.0) + " s: " + estimator.estimateBps());
            playUs(250_000, 1_000_000, 0);
        }
        assertTrue(lowest >= 700_000, "fell to " + lowest);
        play(12, 3_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
    }

    /** The queue that was full lost much; what comes behind it is little, and says nothing of the way. */
    @Test
    void aBurstOfLosses_isForgottenWhenNothingIsLostAnyMore() {
        play(10, 100_000_000, 0);
        play(2, 100_000_000, 40);
        long before = estimator.estimateBps();
        for (int i = 0; i < 6; i++) {
            // a frame a second: few packets, none of them lost
            nowUs += 1_000_000;
            for (int k = 0; k < 5; k++) {
                received++;
                estimator.bytes(1_200);
                estimator.transit(30_000, nowUs + k);
            }
            estimator.update(received, lost, nowUs);
        }
        assertTrue(estimator.estimateBps() >= before, before + " to " + estimator.estimateBps());
        play(15, 100_000_000, 0);
        assertEquals(CAMERA_BPS, sentBps);
    }

    @Test
    void fewPacketsThatHappenToGetLost_lowerNothing() {
        Random random = new Random(8);
        long before = estimator.estimateBps();
        for (int i = 0; i < 20_000; i++) {
            nowUs += 20_000;
            if (random.nextInt(100) < 5) {
                lost++;
                continue;
            }
            received++;
            estimator.bytes(1_200);
            estimator.transit(30_000, nowUs);
            estimator.update(received, lost, nowUs);
            assertTrue(estimator.estimateBps() > before * 3 / 4, "at " + i + " " + estimator.estimateBps());
        }
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

    /** A way with some room before its narrow place; the camera learns of the estimate as packets arrive. */
    private void play(int seconds, long linkBps, int lossPercent) {
        playUs(seconds * 1_000_000L, linkBps, lossPercent);
    }

    private void playUs(long us, long linkBps, int lossPercent) {
        long endUs = nowUs + us;
        while (nowUs < endUs) {
            while (!onTheWay.isEmpty() && onTheWay.element().arrivalUs <= nowUs) {
                Packet packet = onTheWay.remove();
                received++;
                estimator.bytes(packet.size);
                estimator.transit(packet.arrivalUs - packet.sentUs, packet.arrivalUs);
                estimator.update(received, lost, packet.arrivalUs);
            }
            sentBps = Math.min(CAMERA_BPS, estimator.estimateBps());
            long size = sentBps * FRAME_US / 8_000_000;
            int packets = (int) (size / 1_200) + 1;
            for (int i = 0; i < packets; i++) {
                long arrivalUs = Math.max(freeUs, nowUs) + size / packets * 8_000_000 / linkBps;
                if (++sent % 100 < lossPercent || arrivalUs - nowUs > roomBeforeTheNarrowPlaceUs) {
                    lost++;
                } else {
                    freeUs = arrivalUs;
                    onTheWay.add(new Packet(nowUs, arrivalUs, (int) size / packets));
                }
            }
            longestQueueUs = Math.max(longestQueueUs, freeUs - nowUs);
            nowUs += FRAME_US;
        }
    }

    private record Packet(long sentUs, long arrivalUs, int size) {}
}
