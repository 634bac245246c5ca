package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers that start again. */
class UnwrapperTest {

    @Test
    void sequenceNumbers_goOnAcrossTheEndAndBack() {
        Unwrapper unwrapper = new Unwrapper(16);
        long first = unwrapper.unwrap(65_534);
        assertEquals(first + 1, unwrapper.unwrap(65_535));
        assertEquals(first + 3, unwrapper.unwrap(1));
        assertEquals(first + 2, unwrapper.unwrap(0));
        assertEquals(first, unwrapper.unwrap(65_534));
        assertEquals(first + 5, unwrapper.near(3));
        assertEquals(first + 4, unwrapper.unwrap(2));
    }

    @Test
    void aWalkOfAnyLength_isFollowed() {
        for (int bits : new int[] {16, 32}) {
            Random random = new Random(bits);
            Unwrapper unwrapper = new Unwrapper(bits);
            long real = random.nextInt();
            long offset = unwrapper.unwrap((int) real) - real;
            long step = 1L << bits - 2;
            long highest = real;
            for (int i = 0; i < 100_000; i++) {
                long next = highest + Math.floorMod(random.nextLong(), 2 * step) - step;
                assertEquals(next + offset, unwrapper.unwrap((int) (bits == 16 ? next & 0xffff : next)));
                highest = Math.max(highest, next);
            }
        }
    }

    @Test
    void earlierThanTheFirst_isStillPositive() {
        Unwrapper unwrapper = new Unwrapper(16);
        long first = unwrapper.unwrap(0);
        assertEquals(first - 1, unwrapper.unwrap(65_535));
    }
}
