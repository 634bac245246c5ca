package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReadAheadPlanTest {

    @Test
    void readingInOrder_doublesUpToTheBound() {
        ReadAheadPlan plan = new ReadAheadPlan(8);
        int[] ahead = new int[6];
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = plan.onRead(10 + i);
            assertEquals(ahead[i], plan.onRead(10 + i), "reading on in the same block changes nothing");
        }
        assertEquals("[1, 2, 4, 8, 8, 8]", java.util.Arrays.toString(ahead));
    }

    @Test
    void jumping_startsSmallAgain() {
        ReadAheadPlan plan = new ReadAheadPlan(8);
        plan.onRead(0);
        plan.onRead(1);
        assertEquals(1, plan.onRead(700));
        assertEquals(4, plan.onRead(2), "the first reader goes on as before");
    }
}
