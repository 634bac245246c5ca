package org.reelcast.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private final DeadlineQueue queue = new DeadlineQueue();

    @Test
    void emptyQueue_hasNoTime() {
        assertEquals(Deadline.NEVER, queue.nextUs());
        assertNull(queue.pollDue(Long.MAX_VALUE));
    }

    @Test
    void notYetDue_stays() {
        Deadline one = new Still();
        queue.set(one, 10);
        assertNull(queue.pollDue(9));
        assertSame(one, queue.pollDue(10));
        assertNull(queue.pollDue(10));
    }

    @Test
    void neverAndRemove_disarm() {
        Deadline one = new Still();
        queue.set(one, 10);
        queue.set(one, Deadline.NEVER);
        queue.remove(one);
        assertEquals(0, queue.size());
    }

    /** Against a plain array of times. */
    @Test
    void randomMoves_alwaysGiveTheEarliest() {
        Random random = new Random(1);
        Still[] all = new Still[300];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Still();
        }
        long nowUs = 0;
        for (int step = 0; step < 50_000; step++) {
            Still one = all[random.nextInt(all.length)];
            queue.set(one, random.nextInt(10) == 0 ? Deadline.NEVER : nowUs + random.nextInt(1000));
            long earliest = Deadline.NEVER;
            for (Still each : all) {
                earliest = Math.min(earliest, each.timeUs);
            }
            assertEquals(earliest, queue.nextUs());
            if (step % 5 == 0) {
                nowUs += 20;
                for (Deadline due = queue.pollDue(nowUs); due != null; due = queue.pollDue(nowUs)) {
                    assertEquals(Deadline.NEVER, due.timeUs);
                }
                assertTrue(queue.nextUs() > nowUs);
            }
        }
    }

    private static final class Still extends Deadline {
        @Override
        protected void due(long nowUs) {
            throw new AssertionError("The queue itself calls nobody");
        }
    }
}
