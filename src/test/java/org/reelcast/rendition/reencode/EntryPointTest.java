package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When decoding has to start earlier, and when that would be of no use. */
class EntryPointTest {
    private static final long START_US = 2_000_000;
    private static final long PICTURE_US = 40_000;

    private static EntryPoint fed(int sample, long fromUs, int pictures) {
        EntryPoint entry = new EntryPoint(sample, START_US, 10_000_000);
        for (int i = 0; i < pictures; i++) {
            entry.fed(fromUs + i * PICTURE_US);
        }
        return entry;
    }

    @Test
    void firstPictureDue_isGood() {
        EntryPoint entry = fed(50, START_US, 4);
        assertTrue(entry.came(START_US));
        assertTrue(entry.isGood());
    }

    @Test
    void laterPictureFirst_isTooLate() {
        EntryPoint entry = fed(50, START_US, 4);
        assertFalse(entry.came(START_US + PICTURE_US));
        assertFalse(entry.isGood());
    }

    @Test
    void missingThoughPicturesCameBefore_isBrokenAndNotLookedForFurtherBack() {
        EntryPoint entry = fed(25, START_US - 10 * PICTURE_US, 20);
        assertTrue(entry.came(START_US - PICTURE_US));
        assertTrue(entry.came(START_US + PICTURE_US));
        assertFalse(entry.isMissing());
    }

    @Test
    void noPictureAtAll_isOverdueSomeTimeAfterThePieceStarts() {
        assertFalse(fed(25, START_US - 60 * PICTURE_US, 60).isOverdue());
        assertTrue(fed(25, START_US - 60 * PICTURE_US, 120).isOverdue());
    }

    @Test
    void filmThatEndsWithoutThePicture_missesIt() {
        assertTrue(fed(50, START_US, 3).isMissing());
        assertFalse(fed(50, START_US - 3 * PICTURE_US, 3).isMissing());
    }

    @Test
    void filmsFirstSample_isWhereSearchEnds() {
        EntryPoint entry = fed(0, START_US, 100);
        assertFalse(entry.isOverdue());
        assertFalse(entry.isMissing());
        assertTrue(entry.came(START_US + PICTURE_US));
    }

    @Test
    void withoutCompositionOffsets_theFirstPictureMustBeThere() {
        assertTrue(fed(50, START_US, 4).cameUnordered(START_US));
        assertFalse(fed(50, START_US, 4).cameUnordered(START_US + PICTURE_US));
    }
}
