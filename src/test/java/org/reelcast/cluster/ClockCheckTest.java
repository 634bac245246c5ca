package org.reelcast.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    private static final long NOW_US = 1_764_500_000_000_000L;

    private final FakeGrids grids = new FakeGrids();

    /** @param aheadUs of the right time */
    private ClockCheck node(String name, long aheadUs) {
        ClockCheck check = new ClockCheck(grids.join(name), () -> NOW_US + aheadUs, () -> 0);
        check.start();
        return check;
    }

    @Test
    void clocksAreHeldAgainstEachOther() {
        ClockCheck a = node("a", 0);
        ClockCheck b = node("b", 30_000);
        a.measure();
        b.measure();
        assertEquals(OptionalLong.of(30_000), a.offsetUs("b"));
        assertEquals(OptionalLong.of(-30_000), b.offsetUs("a"));
        assertEquals(OptionalLong.empty(), a.offsetUs("c"));
        assertTrue(a.whyWrong().isEmpty() && b.whyWrong().isEmpty());
    }

    @Test
    void ofTwoTheYoungerIsWrong() {
        ClockCheck a = node("a", 0);
        ClockCheck b = node("b", -60_000_000);
        a.measure();
        b.measure();
        assertEquals(Optional.empty(), a.whyWrong());
        assertTrue(
                b.whyWrong().orElseThrow().contains("60000 ms behind"),
                b.whyWrong().toString());
    }

    @Test
    void ofMoreItIsTheOneThatIsAlone_alsoTheEldest() {
        ClockCheck a = node("a", 60_000_000);
        ClockCheck b = node("b", 1_000);
        ClockCheck c = node("c", -1_000);
        a.measure();
        b.measure();
        c.measure();
        assertTrue(
                a.whyWrong().orElseThrow().contains("ms ahead of"), a.whyWrong().toString());
        assertTrue(b.whyWrong().isEmpty() && c.whyWrong().isEmpty());
        grids.kill("a");
        c.measure();
        assertEquals(OptionalLong.empty(), c.offsetUs("a"));
    }

    @Test
    void whereViewersCouldTell_healthSaysSo() {
        ClockCheck a = node("a", 0);
        Cluster seen = grids.join("b");
        ClockCheck b = new ClockCheck(seen, () -> NOW_US + 100_001, () -> 0);
        b.start();
        a.measure();
        b.measure();
        assertTrue(
                a.whyNoticed().orElseThrow().contains("by more than 100 ms"),
                a.whyNoticed().toString());
        assertEquals(
                "Node b of 2: a (clock -100.0 ms), b. It answers for 0 streams and does 0 jobs. Clocks of nodes differ by "
                        + "more than 100 ms, so their viewers are as far apart: run NTP on all. Ahead of this one, in "
                        + "ms: {a=-100}",
                new NodeReport(seen, b).sentence());
        ClockCheck near = node("c", 100_000);
        near.measure();
        assertTrue(near.whyNoticed().isEmpty(), near.whyNoticed().toString());
    }
}
