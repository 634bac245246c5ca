package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FramePacerTest {

    /** Of ten seconds. */
    private static long taken(double sourceFps, int fps) {
        FramePacer pacer = new FramePacer(fps);
        return IntStream.range(0, (int) (10 * sourceFps))
                .filter(i -> pacer.takes(Math.round(5e6 + i * 1e6 / sourceFps)))
                .count();
    }

    @Test
    void asManyAsAreWishedAreTaken() {
        assertEquals(250, taken(50, 25), 1);
        assertEquals(250, taken(30, 25), 1);
        assertEquals(150, taken(29.97, 15), 1);
        assertEquals(10, taken(60, 1), 1);
    }

    @Test
    void allAreTakenWhereNoMoreCome() {
        assertEquals(250, taken(25, 25));
        assertEquals(240, taken(24, 30));
        assertEquals(300, taken(30, 0));
    }

    @Test
    void goesOnAfterAGapAndAJumpBack() {
        FramePacer pacer = new FramePacer(10);
        assertTrue(pacer.takes(1_000_000));
        assertFalse(pacer.takes(1_050_000));
        assertTrue(pacer.takes(60_000_000));
        assertFalse(pacer.takes(60_050_000));
        assertTrue(pacer.takes(2_000_000));
        assertFalse(pacer.takes(2_040_000));
        assertTrue(pacer.takes(2_100_000));
    }
}
