package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When decoding has to start earlier, and when that would be of no use. */
class RandomAccessPointTest {
    private static final long START_US = 2_000_000;
    private static final long PICTURE_US = 40_000;

    private static RandomAccessPoint fed(int sample, long fromUs, int pictures) {
        RandomAccessPoint access = new RandomAccessPoint(sample, START_US, 10_000_000);
        for (int i = 0; i < pictures; i++) {
            access.fed(fromUs + i * PICTURE_US);
        }
        return access;
    }

    @Test
    void firstPictureDue_isGood() {
        RandomAccessPoint access = fed(50, START_US, 4);
        assertTrue(access.came(START_US));
        assertTrue(access.isGood());
    }

    @Test
    void laterPictureFirst_isTooLate() {
        RandomAccessPoint access = fed(50, START_US, 4);
        assertFalse(access.came(START_US + PICTURE_US));
        assertFalse(access.isGood());
    }

    @Test
    void missingThoughPicturesCameBefore_isBrokenAndNotLookedForFurtherBack() {
        RandomAccessPoint access = fed(25, START_US - 10 * PICTURE_US, 20);
        assertTrue(access.came(START_US - PICTURE_US));
        assertTrue(access.came(START_US + PICTURE_US));
        assertFalse(access.isMissing());
    }

    @Test
    void noPictureAtAll_isOverdueSomeTimeAfterTheSegmentStarts() {
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
        RandomAccessPoint access = fed(0, START_US, 100);
        assertFalse(access.isOverdue());
        assertFalse(access.isMissing());
        assertTrue(access.came(START_US + PICTURE_US));
    }

    @Test
    void withoutCompositionOffsets_theFirstPictureMustBeThere() {
        assertTrue(fed(50, START_US, 4).cameUnordered(START_US));
        assertFalse(fed(50, START_US, 4).cameUnordered(START_US + PICTURE_US));
    }
}
