package org.reelcast.rtp.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reelcast.bitstream.BigEndian;

/** Packets in order again. */
class ReorderBufferTest {
    private static final long GAP = -1;

    private final List<Long> out = new ArrayList<>();
    private final ReorderBuffer buffer = new ReorderBuffer(new ReorderBuffer.Target() {
        @Override
        public void packet(byte[] array, int offset, int length, long timestamp, boolean marker, int notes) {
            long sequence = BigEndian.i64(array, offset);
            assertEquals(8 + sequence % 5, length);
            assertEquals(sequence * 10, timestamp);
            assertEquals(sequence % 3 == 0, marker);
            assertEquals(sequence % 4, notes);
            out.add(sequence);
        }

        @Override
        public void gap() {
            out.add(GAP);
        }
    });

    @Test
    void shuffledPackets_comeOutInOrder() {
        Random random = new Random(42);
        List<Long> sequences = new ArrayList<>();
        for (long s = 0; s < 20_000; s++) {
            sequences.add(s);
        }
        for (int at = 1; at + 50 <= sequences.size(); at += 50) {
            Collections.shuffle(sequences.subList(at, at + 50), random);
        }
        for (long sequence : sequences) {
            assertTrue(add(sequence));
            if (random.nextInt(20) == 0) {
                assertFalse(add(sequence), "a second time");
            }
        }
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i, out.get(i));
        }
        assertEquals(0, buffer.waiting());
    }

    @Test
    void skip_goesOnBehindTheGap() {
        add(10);
        add(12);
        add(13);
        add(16);
        assertEquals(11, buffer.next());
        buffer.skip();
        assertEquals(List.of(10L, GAP, 12L, 13L), out);
        assertEquals(14, buffer.next());
        buffer.skip();
        buffer.skip();
        assertEquals(List.of(10L, GAP, 12L, 13L, GAP, 16L), out);
        assertFalse(add(14), "too late");
    }

    @Test
    void aJumpBeyondTheBuffer_givesUpWhatIsMissing() {
        add(0);
        add(2);
        assertTrue(add(2 + ReorderBuffer.CAPACITY));
        assertEquals(List.of(0L, GAP, 2L), out);
        assertTrue(add(100_000));
        assertEquals(List.of(0L, GAP, 2L, GAP, 2L + ReorderBuffer.CAPACITY, GAP, 100_000L), out);
        assertTrue(add(100_001));
        assertEquals(100_002, buffer.next());
    }

    @Test
    void aJumpThatMakesRoomForItsOwnPlace_leavesNothingBehind() {
        add(0);
        for (long s = 2; s <= ReorderBuffer.CAPACITY; s++) {
            add(s);
        }
        assertTrue(add(ReorderBuffer.CAPACITY + 1));
        assertEquals(0, buffer.waiting());
        assertEquals(ReorderBuffer.CAPACITY + 2, buffer.next());
    }

    private boolean add(long sequence) {
        byte[] b = new byte[20];
        BigEndian.put64(b, 3, sequence);
        return buffer.add(
                sequence, b, 3, (int) (8 + sequence % 5), sequence * 10, sequence % 3 == 0, (int) (sequence % 4));
    }
}
