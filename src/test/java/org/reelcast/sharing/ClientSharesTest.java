package org.reelcast.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.BoundedExecutor;

/** Clients who ask for more than their part. */
class ClientSharesTest {
    private static final int WAITING = 10;

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final Executor all = new BoundedExecutor(threads::add, 8, 0, WAITING);
    private final ClientShares shares = new ClientShares();
    private int done;

    private void ask(String remote) {
        shares.of(all, remote).execute(() -> done++);
    }

    private void work() {
        for (Runnable thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.run();
        }
    }

    @Test
    void addressHasAQuarterOfTheThreads_howeverItsClientsAsk() {
        for (int i = 0; i < WAITING; i++) {
            ask("2001:db8::" + i);
        }
        assertEquals(2, threads.size());
        assertThrows(RejectedExecutionException.class, () -> ask("2001:db8::a"));
        ask("192.0.2.1");
        assertEquals(3, threads.size());
        work();
        assertEquals(WAITING + 1, done);
        assertEquals(0, shares.count());
    }

    /** A proxy in front has all clients come from here. */
    @Test
    void thisMachineHasAll() {
        for (int i = 0; i < 8; i++) {
            ask("127.0.0.1");
        }
        assertEquals(8, threads.size());
        assertSame(all, shares.of(all, "127.0.0.1"));
    }

    @Test
    void sharesOfOneAddressAreEqual_asTheyAreKeptBy() {
        assertEquals(shares.of(all, "192.0.2.1"), shares.of(all, "192.0.2.1"));
    }

    @Test
    void taskThatIsRefused_leavesNothingBehind() {
        Executor none = new BoundedExecutor(
                task -> {
                    throw new RejectedExecutionException("no thread");
                },
                8);
        Executor share = shares.of(none, "192.0.2.1");
        assertThrows(RejectedExecutionException.class, () -> share.execute(() -> done++));
        assertEquals(0, shares.count());
    }

    @Test
    void taskThatFails_leavesItsPlace() {
        Executor one = new BoundedExecutor(Runnable::run, 8);
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> done++);
        shares.of(one, "192.0.2.1").execute(() -> {
            throw new IllegalStateException("broken");
        });
        Thread.currentThread().setUncaughtExceptionHandler(null);
        assertEquals(1, done);
        assertEquals(0, shares.count());
    }
}
