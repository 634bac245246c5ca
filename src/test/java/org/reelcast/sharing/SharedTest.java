package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedTest {

    /** Something that is open until it is closed, and once. */
    private static final class Door {
        private final AtomicInteger closed = new AtomicInteger();

        boolean isClosed() {
            assertTrue(closed.get() <= 1, "closed twice");
            return closed.get() == 1;
        }

        void close() {
            closed.incrementAndGet();
        }
    }

    private final Shared<String, Door> doors = Shared.closingUnused(Door::close);

    private static Door fails() throws IOException {
        throw new IOException("jammed");
    }

    @Test
    void value_isOpenedOnceAndClosedWithItsLastUser() {
        Door first = doors.acquire("a", Door::new);
        assertSame(first, doors.acquire("a", Door::new));
        assertNotSame(first, doors.acquire("b", Door::new));
        assertEquals(2, doors.size());
        doors.release(first);
        assertFalse(first.isClosed());
        doors.release(first);
        assertTrue(first.isClosed());
        assertEquals(1, doors.size());
        assertNotSame(first, doors.acquire("a", Door::new));
    }

    @Test
    void openerThatFails_leavesNothingBehind() {
        IOException told = assertThrows(IOException.class, () -> doors.acquire("a", SharedTest::fails));
        assertEquals("jammed", told.getMessage());
        assertEquals(0, doors.size());
        Door door = doors.acquire("a", Door::new);
        assertThrows(IOException.class, () -> doors.acquire("b", SharedTest::fails));
        doors.release(door);
        assertTrue(door.isClosed());
    }

    @Test
    void thoseWhoCameMeanwhile_waitForTheFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch opening = new CountDownLatch(1);
        Door door = new Door();
        Thread first = Threads.start(() -> doors.acquire("a", () -> {
            opening.countDown();
            Threads.await(go);
            return door;
        }));
        opening.await();
        AtomicReference<Door> joined = new AtomicReference<>();
        Thread second = Threads.start(() -> joined.set(doors.acquire("a", Door::new)));
        Threads.awaitHeldUp(second);
        // another key's users do not wait
        doors.release(doors.acquire("b", Door::new));
        go.countDown();
        first.join();
        second.join();
        assertSame(door, joined.get());
        doors.release(door);
        assertFalse(door.isClosed());
        doors.release(door);
        assertTrue(door.isClosed());
    }

    @Test
    void whoWaitedForOneThatFailed_opensItself() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch opening = new CountDownLatch(1);
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread first = Threads.start(() -> {
            try {
                doors.acquire("a", () -> {
                    opening.countDown();
                    Threads.await(go);
                    return fails();
                });
            } catch (IOException e) {
                failure.set(e);
            }
        });
        opening.await();
        AtomicReference<Door> opened = new AtomicReference<>();
        Thread second = Threads.start(() -> opened.set(doors.acquire("a", Door::new)));
        Threads.awaitHeldUp(second);
        go.countDown();
        first.join();
        second.join();
        assertEquals("jammed", failure.get().getMessage());
        assertFalse(opened.get().isClosed());
        doors.release(opened.get());
        assertTrue(opened.get().isClosed());
        assertEquals(0, doors.size());
    }

    /** No user ever has a value that is closed, and none stays open. */
    @Test
    void manyUsersAtOnce_areCountedRight() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(8);
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Shared<Integer, Door> shared = Shared.closingUnused(door -> {
            door.close();
            closed.incrementAndGet();
        });
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int seed = i;
            all.add(users.submit(() -> {
                for (int turn = 0; turn < 20_000; turn++) {
                    int kind = (turn * 31 + seed) % 7;
                    try {
                        Door door = shared.acquire(turn % 3, () -> {
                            if (kind == 0) {
                                fails();
                            }
                            opened.incrementAndGet();
                            return new Door();
                        });
                        assertFalse(door.isClosed());
                        shared.release(door);
                    } catch (IOException e) {
                        assertEquals(0, kind);
                    }
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        users.shutdown();
        assertEquals(0, shared.size());
        assertEquals(opened.get(), closed.get());
    }

    @Test
    void idleValues_stayUpToTheirNumber_thoseUsedLast() {
        Shared<String, Door> kept = Shared.keepingIdle(2, Door::close);
        Door a = kept.acquire("a", Door::new);
        Door b = kept.acquire("b", Door::new);
        Door c = kept.acquire("c", Door::new);
        kept.release(b);
        kept.release(a);
        assertSame(b, kept.acquire("b", Door::new));
        kept.release(b);
        assertFalse(a.isClosed());
        kept.release(c);
        assertTrue(a.isClosed());
        assertFalse(b.isClosed() || c.isClosed());
    }

    @Test
    void idleValues_areClosedWhenTheyHaveBeenSoForLong() {
        Shared<String, Door> kept = Shared.keepingIdle(Integer.MAX_VALUE, Door::close);
        Door used = kept.acquire("used", Door::new);
        Door old = kept.acquire("old", Door::new);
        Door busy = kept.acquire("busy", Door::new);
        Door fresh = kept.acquire("fresh", Door::new);
        kept.release(old, 10);
        kept.release(busy, 10);
        kept.release(fresh, 11);
        kept.closeIdle(10, door -> door != busy);
        assertTrue(old.isClosed());
        assertFalse(used.isClosed() || busy.isClosed() || fresh.isClosed());
        assertEquals(3, kept.size());
        kept.closeAll();
        assertTrue(used.isClosed() && busy.isClosed() && fresh.isClosed());
        kept.release(used);
        assertEquals(0, kept.size());
    }

    @Test
    void valueWhoseClosingFails_keepsNoOtherOpen() {
        List<String> closed = new ArrayList<>();
        Shared<String, String> kept = Shared.keepingIdle(5, name -> {
            closed.add(name);
            throw new IllegalStateException(name);
        });
        for (String name : List.of("a", "b")) {
            kept.release(kept.acquire(name, () -> name), 1);
        }
        IllegalStateException first = assertThrows(IllegalStateException.class, () -> kept.closeIdle(1, name -> true));
        assertEquals(List.of("a", "b"), closed);
        assertEquals("a", first.getMessage());
        assertEquals("b", first.getSuppressed()[0].getMessage());
        assertEquals(0, kept.size());
    }

    @Test
    void valueThatIsOfNoUse_isReplacedAndClosedWithItsLastUser() {
        Door broken = doors.acquire("a", Door::new);
        Door whole = doors.acquire("a", door -> door != broken, Door::new);
        assertNotSame(broken, whole);
        assertSame(whole, doors.acquire("a", door -> door != broken, Door::new));
        assertEquals(1, doors.size());
        doors.release(broken);
        assertTrue(broken.isClosed());
        doors.release(whole);
        assertFalse(whole.isClosed());
        doors.release(whole);
        assertTrue(whole.isClosed());
    }

    @Test
    void idleValueThatIsOfNoUse_isClosedWhenItIsReplaced() {
        Shared<String, Door> kept = Shared.keepingIdle(5, Door::close);
        Door broken = kept.acquire("a", Door::new);
        kept.release(broken);
        Door whole = kept.acquire("a", door -> door != broken, Door::new);
        assertTrue(broken.isClosed());
        assertFalse(whole.isClosed());
    }
}
