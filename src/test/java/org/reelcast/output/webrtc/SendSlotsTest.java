package org.reelcast.output.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendSlotsTest {
    private static final int FIRST = SendSlots.FIRST_FULL;

    private static SendSlots<Integer> of(int members, int most) {
        SendSlots<Integer> rows = SendSlots.none(most);
        for (int i = 0; i < members; i++) {
            rows = rows.with(i);
        }
        return rows;
    }

    private static List<Integer> sizes(SendSlots<Integer> rows) {
        return IntStream.range(0, rows.count())
                .mapToObj(i -> rows.row(i).size())
                .toList();
    }

    @Test
    void with_fillsARowBeforeTheNext() {
        assertEquals(List.of(FIRST), sizes(of(FIRST, 4)));
        assertEquals(List.of(FIRST, 1), sizes(of(FIRST + 1, 4)));
        assertEquals(List.of(FIRST, SendSlots.FULL, 1), sizes(of(FIRST + SendSlots.FULL + 1, 4)));
    }

    @Test
    void with_noMoreRowsAllowed_growsAllAlike() {
        assertEquals(
                List.of(FIRST, SendSlots.FULL + 3, SendSlots.FULL + 2), sizes(of(FIRST + 2 * SendSlots.FULL + 5, 3)));
        assertEquals(List.of(FIRST + 2, FIRST + 2, FIRST + 1), sizes(of(3 * FIRST + 5, 3)));
        assertEquals(List.of(100), sizes(of(100, 1)));
    }

    @Test
    void without_leavesAGapForTheNextWhoComes() {
        SendSlots<Integer> rows = of(FIRST + 2 * SendSlots.FULL, 4);
        assertEquals(List.of(FIRST, SendSlots.FULL - 1, SendSlots.FULL), sizes(rows.without(FIRST + 3)));
        assertTrue(rows.without(FIRST + 3).with(99).row(1).contains(99));
        assertTrue(rows.without(3).with(99).row(0).contains(99));
    }

    @Test
    void without_othersKeepTheirRows() {
        SendSlots<Integer> rows = of(FIRST + 2 * SendSlots.FULL, 4);
        for (int i = 0; i < FIRST; i++) {
            rows = rows.without(i);
        }
        assertEquals(List.of(0, SendSlots.FULL, SendSlots.FULL), sizes(rows));
        assertTrue(rows.row(2).contains(FIRST + 2 * SendSlots.FULL - 1));
    }

    @Test
    void without_lastOne_isEmpty() {
        assertTrue(of(1, 4).without(0).isEmpty());
        SendSlots<Integer> rows = of(2, 4);
        assertSame(rows, rows.without(7));
    }

    @Test
    void only_keepsTheRow() {
        int third = FIRST + SendSlots.FULL;
        SendSlots<Integer> one = of(third + 3, 4).only(third);
        assertEquals(List.of(0, 0, 1), sizes(one));
        assertEquals(List.of(third), one.row(2));
    }

    @Test
    void only_whoHasLeft_comesFirst() {
        assertEquals(List.of(1), sizes(of(SendSlots.FULL, 4).only(77)));
    }
}
