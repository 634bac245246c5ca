package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.MemoryUsage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeapGaugeTest {
    private static final long MB = 1 << 20;

    private static final long SECOND_NS = 1_000_000_000;

    private MemoryUsage usage;
    private long nowNs;

    @Test
    void fullHeap_saysHowFullUntilThereIsClearlyRoomAgain() {
        HeapGauge gauge = new HeapGauge(80, () -> usage, () -> nowNs);
        assertEquals(Optional.empty(), at(gauge, 399));
        assertEquals(
                "of the heap's 500 MB 80 % are in use after garbage collection, viewers who have just come: 1; "
                        + "a larger -Xmx makes room",
                at(gauge, 400).orElseThrow());
        assertTrue(at(gauge, 375).isPresent(), "a little less is no room yet");
        assertEquals(Optional.empty(), at(gauge, 374));
        assertEquals(Optional.empty(), at(gauge, 399), "and then up to the limit again");
    }

    /** 8 of 128 KB are a megabyte. */
    @Test
    void crowd_isCountedBeforeACollectionShowsIt() {
        HeapGauge gauge = new HeapGauge(80, () -> usage, () -> nowNs);
        for (int viewer = 0; viewer < 16; viewer++) {
            assertEquals(Optional.empty(), at(gauge, 398));
        }
        assertTrue(at(gauge, 398).isPresent());
        nowNs += 3 * SECOND_NS;
        assertTrue(at(gauge, 398).isPresent(), "still on their way");
        nowNs += 3 * SECOND_NS;
        assertEquals(Optional.empty(), at(gauge, 374), "by now the heap shows who is there");
    }

    @Test
    void limitOfZero_alwaysHasRoom() {
        assertEquals(Optional.empty(), at(new HeapGauge(0, () -> usage, () -> nowNs), 500));
    }

    @Test
    void unknownSize_isNoReasonToRefuse() {
        HeapGauge gauge = new HeapGauge(80, () -> usage, () -> nowNs);
        assertEquals(Optional.empty(), gauge.shortage());
        usage = new MemoryUsage(0, 400 * MB, 400 * MB, -1);
        assertEquals(Optional.empty(), gauge.shortage());
    }

    /** Whatever collector this runs with: its old generation is found, and holds less than all of the heap. */
    @Test
    void thisProcess_isMeasured() {
        System.gc();
        assertEquals(Optional.empty(), HeapGauge.ofThisProcess(100).shortage());
        long usedMb =
                HeapGauge.ofThisProcess(1).shortage().map(HeapGaugeTest::heapMb).orElse(1L);
        assertTrue(usedMb <= Runtime.getRuntime().maxMemory() / MB, "of " + usedMb + " MB");
    }

    private static long heapMb(String sentence) {
        return Long.parseLong(sentence.replaceFirst("of the heap's (\\d+) MB.*", "$1"));
    }

    private Optional<String> at(HeapGauge gauge, long usedMb) {
        usage = new MemoryUsage(0, usedMb * MB, 500 * MB, 500 * MB);
        return gauge.shortage();
    }
}
