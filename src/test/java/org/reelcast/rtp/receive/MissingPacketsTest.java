package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.rtp.RtcpHandler;
import org.reelcast.rtp.RtcpReader;

/** Asking for what is missing. */
class MissingPacketsTest {
    private final MissingPackets missing = new MissingPackets();
    private final List<Integer> asked = new ArrayList<>();

    @Test
    void aPacketIsAskedForAfterAMomentAndThenOnceARoundTrip() {
        missing.add(65_535, 65_537, 0);
        assertEquals(5_000, missing.dueUs());
        assertEquals(List.of(), ask(4_999));
        assertEquals(List.of(65_535, 0), ask(5_000));
        assertEquals(List.of(), ask(100_000));
        assertEquals(List.of(65_535, 0), ask(120_000));
        assertEquals(4, missing.asked());
    }

    @Test
    void whatComesIsNotAskedFor_andShortensTheRoundTrip() {
        for (int i = 0; i < 20; i++) {
            missing.add(1000 + i, 1001 + i, i * 1_000_000L);
            assertEquals(List.of(1000 + i), ask(i * 1_000_000L + 5_000));
            missing.came(1000 + i, true, i * 1_000_000L + 45_000);
        }
        assertEquals(40_000, missing.roundTripUs(), 500);
        assertEquals(0, missing.count());
        missing.add(2000, 2001, 0);
        missing.came(2000, false, 3_000);
        assertEquals(List.of(), ask(10_000));
        missing.add(3000, 3001, 0);
        ask(5_000);
        missing.came(3000, false, 6_000);
        assertEquals(40_000, missing.roundTripUs(), 500, "one that was only late does not tell");
    }

    @Test
    void afterTenTimes_itIsHopeless() {
        missing.add(7, 8, 0);
        long nowUs = 0;
        for (int i = 0; i < MissingPackets.MAX_TRIES; i++) {
            assertFalse(missing.isHopeless(7, nowUs));
            nowUs = missing.dueUs();
            assertEquals(List.of(7), ask(nowUs));
        }
        assertFalse(missing.isHopeless(7, nowUs), "the last asking has its time");
        assertTrue(missing.isHopeless(7, nowUs + 200_000));
        assertEquals(Long.MAX_VALUE, missing.dueUs());
        assertTrue(missing.isHopeless(8, 0), "was never noted");
    }

    @Test
    void manyLosses_arePackedIntoMasks() {
        missing.add(100, 400, 0);
        assertEquals(300, ask(5_000).size());
        assertEquals(List.of(), ask(5_000));
        missing.forgetBefore(390);
        assertEquals(10, missing.count());
    }

    @Test
    void scatteredLosses_beyondOneNack_goIntoTheNext() {
        for (int i = 0; i < 150; i++) {
            missing.add(i * 100, i * 100 + 1, 0);
        }
        assertEquals(100, ask(5_000).size());
        assertEquals(50, ask(5_000).size());
    }

    @Test
    void tooMany_areNotNoted() {
        assertTrue(missing.add(0, 900, 0));
        assertFalse(missing.add(1000, 1101, 0));
        assertEquals(900, missing.count());
    }

    private List<Integer> ask(long nowUs) {
        asked.clear();
        byte[] b = new byte[MissingPackets.maxNackLength()];
        int end = missing.writeNack(b, 0, 1, 2, nowUs);
        if (end > 0) {
            assertTrue(RtcpReader.read(b, 0, end, new RtcpHandler() {
                @Override
                public void onNack(int ssrc, int sequence, int mask) {
                    assertEquals(2, ssrc);
                    asked.add(sequence);
                    for (int i = 0; i < 16; i++) {
                        if ((mask >> i & 1) != 0) {
                            asked.add(sequence + 1 + i & 0xffff);
                        }
                    }
                }
            }));
        }
        return new ArrayList<>(asked);
    }
}
