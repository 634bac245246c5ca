package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LatenessBudgetTest {
    private static final long PICTURE_US = 40_000;

    private final LatenessBudget budget = new LatenessBudget();

    @Test
    void firstPicture_mayTakeItsTime() {
        assertFalse(budget.isLost(5_000_000, 0));
    }

    @Test
    void waitsAddUp_lessWhatThePicturesLast() {
        budget.isLost(0, 0);
        // each comes 60 ms later than the one before lasts
        for (int i = 1; i <= 25; i++) {
            assertFalse(budget.isLost(PICTURE_US + 60_000, i * PICTURE_US), "picture " + i);
        }
        assertTrue(budget.isLost(PICTURE_US + 60_000, 26 * PICTURE_US));
    }

    @Test
    void picturesThatComeSooner_makeUpForLateOnes_andForNoMore() {
        budget.isLost(0, 0);
        budget.isLost(1_440_000 + PICTURE_US, PICTURE_US);
        for (int i = 2; i <= 100; i++) {
            assertFalse(budget.isLost(0, i * PICTURE_US));
        }
        assertFalse(budget.isLost(1_500_000 + PICTURE_US, 101 * PICTURE_US));
        assertTrue(budget.isLost(PICTURE_US + 1, 102 * PICTURE_US));
    }

    @Test
    void reset_forgetsAll() {
        budget.isLost(0, 0);
        assertTrue(budget.isLost(2_000_000, PICTURE_US));
        budget.reset();
        assertFalse(budget.isLost(0, 10_000_000));
        assertFalse(budget.isLost(PICTURE_US, 10_000_000 + PICTURE_US));
    }
}
