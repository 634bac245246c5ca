package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeNanoClock;

/** When encoding is tried again, by a clock that the test moves. */
class EncodingStatusTest {
    private static final long S = 1_000_000_000L;
    private static final String WHY = "the encoders are busy";

    private final FakeNanoClock clock = new FakeNanoClock();
    private final EncodingStatus status = new EncodingStatus(clock, 20 * S);

    private void assertSlowFor(long seconds) {
        clock.advance(seconds * S);
        assertTrue(status.isSlow());
        clock.advance(1);
        assertFalse(status.isSlow());
    }

    @Test
    void whoFellBehind_isTriedAgainLater_eachTimeTwiceAsLong() {
        assertFalse(status.isSlow());
        assertTrue(status.behind(WHY));
        assertFalse(status.behind(WHY), "it is known");
        assertSlowFor(20);
        for (int seconds : new int[] {40, 80, 160, 320, 600, 600}) {
            status.behind(WHY);
            assertSlowFor(seconds);
        }
    }

    @Test
    void quietForLong_beginsAnew() {
        status.behind(WHY);
        clock.advance(20 * S);
        status.behind(WHY);
        clock.advance(700 * S);
        status.behind(WHY);
        assertSlowFor(20);
    }

    @Test
    void madeWhole_hasNothingToFallBehindAt() {
        status.behind(WHY);
        status.whole();
        assertFalse(status.isSlow());
        assertNull(status.complaint());
    }

    @Test
    void refused_isNeverTried() {
        status.refuse("too much");
        clock.advance(100_000 * S);
        assertTrue(status.isSlow());
        assertEquals("too much", status.refusal());
        assertEquals("too much", status.complaint());
    }

    @Test
    void complaint_standsUntilSomebodyIsBack() {
        assertTrue(status.complain(WHY));
        assertFalse(status.complain("another"));
        assertEquals(WHY, status.complaint());
        assertTrue(status.caughtUp());
        assertFalse(status.caughtUp());
        assertFalse(status.isSlow());
    }

    @Test
    void background_isTriedOnceAnHour() {
        assertFalse(status.isTriedLately());
        status.tried();
        clock.advance(3_600 * S);
        assertTrue(status.isTriedLately());
        clock.advance(1);
        assertFalse(status.isTriedLately());
    }
}
