package org.reelcast.source.vod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class PlayoutStartTest {
    private static final long NOW_US = 1_764_500_000_000_000L;

    @ParameterizedTest
    @CsvSource({"0,0", "12,12000000", "1.5,1500000", "0.0000019,1", "1e3,1000000000"})
    void positionIsInSeconds(String seconds, long us) throws Refusal {
        assertEquals(PlayoutStart.at(us), PlayoutStart.of(Optional.of(seconds), Optional.empty(), NOW_US));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.001", "1e10", "1e999999999", "1e-999999999", "NaN", "Infinity", "soon", ""})
    void positionThatIsNoneIsRefused(String seconds) {
        assertRefused(() -> PlayoutStart.of(Optional.of(seconds), Optional.empty(), NOW_US));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1764500060000", "1764500000000", "1764400000000"})
    void timeIsInMilliseconds(String ms) throws Refusal {
        PlayoutStart start = PlayoutStart.of(Optional.empty(), Optional.of(ms), NOW_US);
        assertEquals(Long.parseLong(ms) * 1000, start.timeUs().orElseThrow());
    }

    /** 1970, a time in seconds, 2970, nonsense. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1764500000", "31557600000000", "-1", "1e300", "tomorrow"})
    void timeThatNobodyMeansIsRefused(String ms) {
        assertRefused(() -> PlayoutStart.of(Optional.empty(), Optional.of(ms), NOW_US));
    }

    @Test
    void startBehindTheEndIsRefusedUnlessTheFilmIsLooped() throws Refusal {
        PlayoutStart.at(9_999_999).within(10_000_000, false, NOW_US);
        assertRefused(() -> PlayoutStart.at(10_000_000).within(10_000_000, false, NOW_US));
        PlayoutStart.at(25_000_000).within(10_000_000, true, NOW_US);
        assertRefused(() -> PlayoutStart.at(-1).within(10_000_000, true, NOW_US));
        assertRefused(() -> PlayoutStart.at(Long.MAX_VALUE).within(0, false, NOW_US));
        Optional<String> anHourAgo = Optional.of(String.valueOf(NOW_US / 1000 - 3_600_000));
        PlayoutStart past = PlayoutStart.of(Optional.empty(), anHourAgo, NOW_US);
        assertRefused(() -> past.within(10_000_000, false, NOW_US));
        past.within(10_000_000, true, NOW_US);
        past.within(3_600_000_001L, false, NOW_US);
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable start) {
        assertEquals(
                StatusText.START_OUTSIDE_FILM,
                assertThrows(Refusal.class, start).status());
    }
}
