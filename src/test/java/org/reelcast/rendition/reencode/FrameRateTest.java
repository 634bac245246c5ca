package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRateTest {

    @ParameterizedTest
    @CsvSource({"25, 25, 1", "59.94, 60, 1", "60, 60, 1", "120, 60, 2", "240, 60, 4", "1000, 59, 17", "100000, 60, 1653"
    })
    void noMoreIsShownThanBrowsersShow(double inTheFilm, int shown, int oneOf) {
        FrameRate rate = new FrameRate(1_000_000 / inTheFilm);
        assertEquals(shown, rate.perSecond());
        assertEquals(oneOf, rate.thinning());
    }
}
