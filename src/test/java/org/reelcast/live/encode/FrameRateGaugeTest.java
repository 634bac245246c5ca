package org.reelcast.live.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FrameRateGaugeTest {
    private long timeUs = 7_000_000;

    /** @return how often the rate changed */
    private int run(FrameRateGauge gauge, double seconds, double fps) {
        int changes = 0;
        for (int i = 0; i < seconds * fps; i++) {
            timeUs += Math.round(1e6 / fps);
            changes += gauge.takes(timeUs) ? 1 : 0;
        }
        return changes;
    }

    @Test
    void aRateThatIsAsExpectedChangesNothing() {
        FrameRateGauge gauge = new FrameRateGauge(30);
        assertEquals(0, run(gauge, 60, 29.97));
        assertEquals(0, run(gauge, 60, 28));
        assertEquals(30, gauge.framesPerSecond());
    }

    @Test
    void anotherRateIsFoundOutInFourSeconds_andOnce() {
        FrameRateGauge gauge = new FrameRateGauge(30);
        assertEquals(1, run(gauge, 4.2, 20));
        assertEquals(20, gauge.framesPerSecond());
        assertEquals(0, run(gauge, 60, 20));
    }

    @Test
    void aBusyMomentIsNone() {
        FrameRateGauge gauge = new FrameRateGauge(25);
        assertEquals(0, run(gauge, 2, 10) + run(gauge, 2, 25) + run(gauge, 2, 15) + run(gauge, 4, 25));
    }

    @Test
    void aGapIsNoRate() {
        FrameRateGauge gauge = new FrameRateGauge(25);
        for (int i = 0; i < 10; i++) {
            assertEquals(0, run(gauge, 1.5, 25));
            timeUs += 5_000_000;
        }
    }
}
