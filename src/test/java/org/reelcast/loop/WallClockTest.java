package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WallClockTest {
    private static final long ZERO_US = 1_764_500_000_000_000L;

    private long wallUs = ZERO_US;
    private long monotonicUs = 5_000_000;
    private final WallClock clock = new WallClock(() -> wallUs, () -> monotonicUs);

    private void pass(long us) {
        wallUs += us;
        monotonicUs += us;
    }

    @Test
    void timeOfDayGoesOnWithTheMonotonicClock() {
        pass(1_234_567);
        assertEquals(ZERO_US + 1_234_567, clock.nowUs());
        clock.sample();
        assertEquals(ZERO_US + 1_234_567, clock.nowUs());
        assertEquals(0, clock.reading().steppedUs());
    }

    @Test
    void smallDifferenceIsFollowedByAMillisecondASecond() {
        wallUs += 2_500;
        for (long followed : new long[] {1_000, 2_000, 2_500, 2_500}) {
            clock.sample();
            assertEquals(ZERO_US + followed, clock.nowUs());
        }
        wallUs -= 1_500;
        clock.sample();
        assertEquals(ZERO_US + 1_500, clock.nowUs());
        clock.sample();
        assertEquals(ZERO_US + 1_000, clock.nowUs());
        assertEquals(0, clock.reading().steppedUs());
    }

    @Test
    void differenceOfASecondIsFollowedSlowly_aLargerOneAtOnceAndCounted() {
        wallUs += WallClock.STEP_US;
        clock.sample();
        assertEquals(ZERO_US + 1_000, clock.nowUs());
        wallUs += 3_600_000_000L;
        clock.sample();
        assertEquals(wallUs, clock.nowUs());
        assertEquals(3_600_000_000L + WallClock.STEP_US - 1_000, clock.reading().steppedUs());
        wallUs -= 7_200_000_000L;
        clock.sample();
        assertEquals(wallUs, clock.nowUs());
        assertEquals(wallUs - ZERO_US - 1_000, clock.reading().steppedUs());
    }
}
