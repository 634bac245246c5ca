package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SingleFlightTest {
    private final SingleFlight<String, Object> flights = new SingleFlight<>();
    private final CountDownLatch making = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();

    private Object slowly(Object value) {
        making.countDown();
        Threads.await(go);
        made.incrementAndGet();
        return value;
    }

    /** The others, each held up by now. */
    private List<FutureTask<Object>> others(int count) {
        List<FutureTask<Object>> others = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FutureTask<Object> other = new FutureTask<>(() -> flights.make("a", made::incrementAndGet));
            others.add(other);
            Threads.awaitHeldUp(Threads.start(other));
        }
        return others;
    }

    @Test
    void first_makesIt_othersWaitForThatOne() throws Exception {
        FutureTask<Object> first = new FutureTask<>(() -> flights.make("a", () -> slowly("made")));
        Threads.start(first);
        making.await();
        List<FutureTask<Object>> others = others(5);
        assertEquals("other", flights.make("b", () -> "other"), "another key's does not wait");
        go.countDown();
        assertEquals("made", first.get());
        for (FutureTask<Object> other : others) {
            assertSame(first.get(), other.get());
        }
        assertEquals(1, made.get());
    }

    @Test
    void nothingIsKept() throws Exception {
        flights.make("a", made::incrementAndGet);
        assertEquals(2, flights.make("a", made::incrementAndGet));
    }

    @Test
    void makerThatFails_isToldItself_andThoseWhoWaitedOfItsFailure() throws Exception {
        IOException failure = new IOException("torn");
        FutureTask<Object> first = new FutureTask<>(() -> flights.make("a", () -> {
            slowly(null);
            throw failure;
        }));
        Threads.start(first);
        making.await();
        List<FutureTask<Object>> others = others(3);
        go.countDown();
        assertSame(failure, assertThrows(ExecutionException.class, first::get).getCause());
        for (FutureTask<Object> other : others) {
            Throwable told = assertThrows(ExecutionException.class, other::get).getCause();
            assertTrue(told instanceof ExecutionException, told.toString());
            assertSame(failure, told.getCause());
        }
        assertEquals("again", flights.make("a", () -> "again"));
    }

    @Test
    void makerThatThrowsAnError_leavesNobodyWaiting() throws Exception {
        assertThrows(
                StackOverflowError.class,
                () -> flights.make("a", () -> {
                    throw new StackOverflowError();
                }));
        assertEquals("again", flights.make("a", () -> "again"));
    }

    @Test
    void whatHasBegun_isJoinedUntilItEnds() {
        Object first = new Object();
        assertSame(first, flights.begin("a", () -> first));
        assertSame(first, flights.begin("a", Object::new));
        assertSame(first, flights.begun("a"));
        flights.end("a", new Object());
        assertSame(first, flights.begun("a"), "another's end");
        flights.end("a", first);
        assertNull(flights.begun("a"));
        Object second = new Object();
        assertSame(second, flights.begin("a", () -> second));
        flights.end("a", first);
        assertSame(second, flights.begun("a"));
    }

    @Test
    void nothing_beginsNothing() {
        assertNull(flights.begin("a", () -> null));
        assertNull(flights.begun("a"));
    }

    @Test
    void whoBeginsWhatIsBeingMade_waitsForIt() throws Exception {
        FutureTask<Object> first = new FutureTask<>(() -> flights.make("a", () -> slowly("made")));
        Threads.start(first);
        making.await();
        assertNull(flights.begun("a"));
        FutureTask<Object> second = new FutureTask<>(() -> flights.begin("a", Object::new));
        Threads.awaitHeldUp(Threads.start(second));
        go.countDown();
        assertSame(first.get(), second.get());
    }
}
