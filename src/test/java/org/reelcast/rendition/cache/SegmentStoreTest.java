package org.reelcast.rendition.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.reelcast.storage.cache.DiskCache;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SegmentStoreTest {
    private static final int ENTRY = 3;
    /** The last entry has one segment. */
    private static final int SEGMENTS = 7;

    @TempDir
    Path folder;

    private final MemoryCache<SegmentStore.Key, Letter> memory = new MemoryCache<>(1000);

    /** A segment of one byte. */
    private static final class Letter implements MemoryCache.Sized {
        private final char letter;

        Letter(char letter) {
            this.letter = letter;
        }

        static Letter of(int segment) {
            return new Letter((char) ('a' + segment));
        }

        @Override
        public int heapBytes() {
            return 1;
        }
    }

    /** Segments by threes. */
    private static final class ByThrees implements SegmentStore.Layout<Integer, Letter> {
        @Override
        public long number(Integer segment) {
            return segment;
        }

        @Override
        public String entry(Integer segment) {
            return "entry" + segment / ENTRY;
        }

        @Override
        public List<Integer> together(Integer segment) {
            List<Integer> together = new ArrayList<>();
            for (int i = segment / ENTRY * ENTRY; i < Math.min(SEGMENTS, (segment / ENTRY + 1) * ENTRY); i++) {
                together.add(i);
            }
            return together;
        }

        @Override
        public byte[] write(List<Letter> segments) {
            byte[] bytes = new byte[segments.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) segments.get(i).letter;
            }
            return bytes;
        }

        @Override
        public List<Letter> read(byte[] entry, List<Integer> expected) {
            if (entry.length != expected.size()) {
                return null;
            }
            List<Letter> segments = new ArrayList<>();
            for (byte letter : entry) {
                segments.add(new Letter((char) letter));
            }
            return segments;
        }
    }

    private SegmentStore<Integer, Letter> store(MemoryCache<SegmentStore.Key, Letter> memory, int maxBytes) {
        return new SegmentStore<>("film", new ByThrees(), memory, new DiskCache(folder, maxBytes));
    }

    private SegmentStore<Integer, Letter> store() {
        return store(memory, 1000);
    }

    /** As after a restart. */
    private SegmentStore<Integer, Letter> later() {
        return store(new MemoryCache<>(1000), 1000);
    }

    @Test
    void entry_isOnDiskWhenAllItsSegmentsAreMade() throws Exception {
        SegmentStore<Integer, Letter> store = store();
        assertTrue(store.keep(1, Letter.of(1)));
        assertTrue(store.keep(0, Letter.of(0)));
        assertFalse(later().has(0));
        assertTrue(store.keep(2, Letter.of(2)));
        SegmentStore<Integer, Letter> later = later();
        for (int i = 0; i < ENTRY; i++) {
            assertTrue(later.has(i));
            assertEquals('a' + i, later.ready(i).letter);
        }
        assertNull(later.ready(3));
    }

    @Test
    void lastEntry_isShorter() throws Exception {
        store().keep(6, Letter.of(6));
        assertEquals('g', later().ready(6).letter);
    }

    @Test
    void entryThatIsNotWhatIsExpected_isNotReady() throws Exception {
        new DiskCache(folder, 1000).put("film", "entry0", new byte[] {'a', 'b'});
        assertNull(later().ready(0));
    }

    @Test
    void segmentThatFellOutOfMemory_isStillWritten() throws Exception {
        SegmentStore<Integer, Letter> store = store(new MemoryCache<>(0), 1000);
        assertTrue(store.keep(6, Letter.of(6)));
        assertEquals('g', store.ready(6).letter);
    }

    @Test
    void diskThatTakesNothing_isTold() throws Exception {
        assertFalse(store(memory, 0).keep(6, Letter.of(6)));
    }

    @Test
    void otherRenditions_areApart() throws Exception {
        store().keep(6, Letter.of(6));
        assertNull(new SegmentStore<>("other", new ByThrees(), memory, new DiskCache(folder, 1000)).ready(6));
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void segmentIsMadeOnce_whoeverNeedsIt() throws Exception {
        SegmentStore<Integer, Letter> store = store();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch making = new CountDownLatch(1);
        AtomicInteger made = new AtomicInteger();
        FutureTask<Letter> first = new FutureTask<>(() -> store.make(5, () -> {
            making.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            made.incrementAndGet();
            Letter letter = Letter.of(5);
            store.keep(5, letter);
            return letter;
        }));
        new Thread(first).start();
        making.await();
        FutureTask<Letter> second = new FutureTask<>(() -> store.make(5, () -> Letter.of(made.incrementAndGet())));
        Thread waiting = new Thread(second);
        waiting.start();
        awaitWaiting(waiting);
        go.countDown();
        assertSame(first.get(), second.get());
        assertSame(first.get(), store.make(5, () -> Letter.of(made.incrementAndGet())));
        assertEquals(1, made.get());
    }

    @Test
    void makerThatFails_leavesItToThoseWhoWait() throws Exception {
        SegmentStore<Integer, Letter> store = store();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch making = new CountDownLatch(1);
        FutureTask<Letter> first = new FutureTask<>(() -> store.make(5, () -> {
            making.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new IOException("its file is closed");
        }));
        new Thread(first).start();
        making.await();
        FutureTask<Letter> second = new FutureTask<>(() -> store.make(5, () -> Letter.of(5)));
        Thread waiting = new Thread(second);
        waiting.start();
        awaitWaiting(waiting);
        go.countDown();
        assertEquals(
                "its file is closed",
                assertThrows(ExecutionException.class, first::get).getCause().getMessage());
        assertEquals('f', second.get().letter);
    }

    @Test
    void segmentThatHasBegun_isJoinedUntilItIsKept() throws Exception {
        SegmentStore<Integer, Letter> store = store();
        Letter growing = Letter.of(4);
        assertSame(growing, store.begin(4, () -> growing));
        assertSame(growing, store.begin(4, () -> Letter.of(0)));
        assertSame(growing, store.underWay(4));
        assertTrue(store.isAtHand(4));
        assertNull(store.ready(4), "it is not ready");
        assertFalse(store.has(4));
        store.keep(4, growing);
        assertNull(store.underWay(4));
        assertSame(growing, store.ready(4));
        assertSame(growing, store.begin(4, () -> Letter.of(0)), "what was finished just now is not begun again");
        assertTrue(store.isAtHand(4));
    }

    @Test
    void segmentThatIsAbandoned_isBegunAnew() {
        SegmentStore<Integer, Letter> store = store();
        Letter failed = Letter.of(4);
        store.begin(4, () -> failed);
        store.abandon(4, failed);
        assertFalse(store.isAtHand(4));
        Letter next = Letter.of(4);
        assertNotSame(failed, store.begin(4, () -> next));
        store.abandon(4, failed);
        assertSame(next, store.underWay(4), "another's end");
    }
}
