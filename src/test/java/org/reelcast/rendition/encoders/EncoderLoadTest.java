package org.reelcast.rendition.encoders;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EncoderLoadTest {
    private static final long MS = 1_000_000;
    private static final long URGENT_US = -3_900_000;

    private final EncoderLoad load = new EncoderLoad();

    @Test
    void urgentPicturesThatWaitLongAgainAndAgain_saturateUntilTheyNoLongerDo() {
        load.waited(URGENT_US, 700 * MS, 1_000 * MS);
        load.waited(URGENT_US, 700 * MS, 1_800 * MS);
        assertFalse(load.isSaturated(1_800 * MS), "a film that starts may wait");
        load.waited(URGENT_US, 700 * MS, 2_600 * MS);
        assertTrue(load.isSaturated(2_600 * MS));
        load.waited(URGENT_US, 10 * MS, 4_000 * MS);
        assertTrue(load.isSaturated(7_000 * MS));
        load.waited(URGENT_US, 700 * MS, 7_000 * MS);
        assertTrue(load.isSaturated(11_900 * MS));
        assertFalse(load.isSaturated(12_100 * MS));
        assertFalse(load.isSaturated(12_200 * MS));
    }

    @Test
    void filmsThatAreWellAhead_mayWait() {
        for (int i = 0; i < 100; i++) {
            load.waited(-500_000, 2_000 * MS, i * 500 * MS);
        }
        assertFalse(load.isSaturated(50_000 * MS));
    }

    @Test
    void shortWaits_areNothing() {
        for (int i = 0; i < 100; i++) {
            load.waited(URGENT_US, 200 * MS, i * 500 * MS);
        }
        assertFalse(load.isSaturated(50_000 * MS));
    }

    @Test
    void longWaitsFarApart_areNothing() {
        for (int i = 0; i < 20; i++) {
            load.waited(URGENT_US, 700 * MS, i * 3_000 * MS);
            assertFalse(load.isSaturated(i * 3_000 * MS));
        }
    }

    @Test
    void filmThatFellBehind_saturatesForFiveSeconds() {
        load.fellBehind(1_000 * MS);
        assertTrue(load.isSaturated(5_900 * MS));
        assertFalse(load.isSaturated(6_100 * MS));
    }
}
