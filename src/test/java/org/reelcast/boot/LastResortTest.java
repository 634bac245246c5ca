package org.reelcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What ends the process, and what does not. */
class LastResortTest {
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private long nowMs = 1_000;
    private long garbageMs;
    private boolean noThreads;
    private final LastResort last = new LastResort(halts::add, () -> nowMs, () -> garbageMs, () -> {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
    });

    @Test
    void errorsOfTheMachineAreFatal_whereverTheyAreHidden() {
        OutOfMemoryError memory = new OutOfMemoryError("unable to create native thread");
        assertSame(memory, LastResort.fatal(memory));
        assertSame(memory, LastResort.fatal(new CompletionException(new IllegalStateException(memory))));
        InternalError loop = new InternalError("media loop 1 has not answered for 30 s");
        assertSame(loop, LastResort.fatal(loop));
        assertNull(LastResort.fatal(new StackOverflowError()));
        assertNull(LastResort.fatal(new IllegalStateException(new AssertionError())));
        assertNull(LastResort.fatal(null));
    }

    @Test
    void threadThatEndsSo_endsTheProcess_withOneLineThatSaysWhy() throws Exception {
        List<String> lines = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                lines.add(event.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger log = Logger.getLogger("Reelcast");
        log.addHandler(handler);
        try {
            Thread struck = new Thread(() -> last.uncaughtException(
                    Thread.currentThread(), new OutOfMemoryError("Cannot reserve 8192 bytes of direct buffer memory")));
            struck.start();
            while (halts.isEmpty() && struck.isAlive()) {
                // as the watching thread does, which is woken
                last.check();
            }
            struck.join();
            assertEquals(LastResort.STATUS, halts.get(0));
            assertEquals(
                    List.of("The process ends, as it cannot go on: java.lang.OutOfMemoryError: "
                            + "Cannot reserve 8192 bytes of direct buffer memory"),
                    lines.stream().distinct().toList());
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void threadThatEndsOtherwise_doesNot() {
        last.uncaughtException(Thread.currentThread(), new IllegalStateException("a fault of ours"));
        last.check();
        assertEquals(List.of(), halts);
    }

    @Test
    void noThreadToBeHad_endsTheProcess() {
        last.check();
        assertEquals(List.of(), halts);
        noThreads = true;
        last.check();
        assertEquals(List.of(LastResort.STATUS), halts);
    }

    @Test
    void nothingButGarbageForAMinute_endsTheProcess_lessDoesNot() {
        for (int i = 0; i < 40; i++) {
            nowMs += 2_000;
            garbageMs += 1_700;
            last.check();
        }
        assertEquals(List.of(), halts);
        for (int i = 0; i < 60; i++) {
            nowMs += 2_000;
            garbageMs += 1_950;
            last.check();
        }
        assertFalse(halts.isEmpty());
    }
}
