package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionStepTest {

    @ParameterizedTest
    @CsvSource({
        "1280,  720,  30, 1, true",
        "1920, 1080,  30, 1, true",
        "1920, 1080,  60, 1, false",
        "1920, 1080,  60, 2, false",
        "1920, 1080,  60, 4, true",
        "3840, 2160,  30, 2, false",
        "3840, 2160,  30, 8, true",
        "3840, 2160,  60, 8, false",
    })
    void full_isSustainedWhereHalfOfTheCoresEncodeIt(int width, int height, int rate, int cores, boolean sustained) {
        assertEquals(sustained, ReductionStep.FULL.isSustained(width, height, rate, DecodingCost.USUAL, cores));
    }

    @ParameterizedTest
    @CsvSource({
        "1920, 1080,  60, 1, HALF",
        "1920, 1080,  60, 2, HALF",
        "3840, 2160,  30, 2, HALF",
        "3840, 2160,  30, 1, HALF_AT_HALF_RATE",
        "3840, 2160,  60, 6, HALF",
        "3840, 2160,  60, 4, HALF_AT_HALF_RATE",
        "3840, 2160,  60, 2, HALF_AT_QUARTER_RATE",
    })
    void reduction_isTheLeastThatTheCoresEncode(int width, int height, int rate, int cores, ReductionStep scale) {
        assertEquals(Optional.of(scale), ReductionStep.reduction(width, height, rate, DecodingCost.USUAL, cores));
    }

    @Test
    void reduction_ofWhatIsTooMuchInAnyCase_isNone() {
        assertEquals(Optional.empty(), ReductionStep.reduction(3840, 2160, 120, DecodingCost.USUAL, 1));
    }

    @Test
    void reduction_ofASmallPicture_isNone() {
        assertEquals(Optional.empty(), ReductionStep.reduction(638, 480, 30, DecodingCost.USUAL, 1));
        assertEquals(Optional.of(ReductionStep.HALF), ReductionStep.reduction(640, 480, 30, DecodingCost.USUAL, 1));
    }

    @Test
    void sizes_areEven() {
        assertEquals(682, ReductionStep.HALF.width(1366));
        assertEquals(384, ReductionStep.HALF.height(768));
        assertEquals(1366, ReductionStep.FULL.width(1366));
        assertEquals(180, ReductionStep.FULL.height(181));
    }

    @Test
    void full_leavesNothingOut() {
        assertFalse(ReductionStep.FULL.skips(1, false));
        assertTrue(ReductionStep.FULL.shows(0.1));
    }

    @Test
    void halfRate_leavesOutEverySecond_andDoesNotDecodeWhatNobodyRefersTo() {
        assertTrue(ReductionStep.HALF_AT_HALF_RATE.skips(3, false));
        assertFalse(ReductionStep.HALF_AT_HALF_RATE.skips(3, true));
        assertFalse(ReductionStep.HALF_AT_HALF_RATE.skips(4, false));
        assertFalse(ReductionStep.HALF_AT_HALF_RATE.shows(1.2));
        assertTrue(ReductionStep.HALF_AT_HALF_RATE.shows(1.8));
    }

    @Test
    void threads_areOneForWhatOneCoreEncodes() {
        assertEquals(1, ReductionStep.FULL.threads(1920, 1080, 45, 8));
        assertEquals(2, ReductionStep.FULL.threads(1920, 1080, 60, 8));
        assertEquals(4, ReductionStep.FULL.threads(3840, 2160, 60, 8));
        assertEquals(1, ReductionStep.FULL.threads(3840, 2160, 60, 1));
    }
}
