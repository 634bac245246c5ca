package org.reelcast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Parts that answer, late or not at all. */
class SelfTestTest {
    private final Queue<Runnable> stuck = new ArrayDeque<>();
    private long nowMs;
    private final SelfTest test = new SelfTest(() -> nowMs);

    SelfTestTest() {
        test.add("media loop 0", Runnable::run);
        test.add("media loop 1", stuck::add);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            nowMs += SelfTest.TICK_MS;
            test.tick();
        }
    }

    @Test
    void partThatDoesNotAnswer_isNamed_untilItDoes() {
        ticks(SelfTest.DEAD_TICKS);
        assertEquals(Optional.empty(), test.whyDead());
        ticks(1);
        assertEquals(Optional.of("media loop 1 does not answer."), test.whyDead());
        stuck.remove().run();
        assertEquals(Optional.empty(), test.whyDead());
        assertEquals(0, stuck.size());
    }

    @Test
    void processThatWasHeldUp_isNotDead_onceItGoesOn() {
        ticks(3);
        nowMs += 3_600_000;
        assertTrue(test.whyDead().isPresent());
        ticks(1);
        assertEquals(Optional.empty(), test.whyDead());
    }

    /** What is logged meanwhile as an error. */
    private static List<Throwable> errors(Runnable during) {
        List<Throwable> errors = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                errors.add(event.getThrown());
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
        Logger log = Logger.getLogger(SelfTest.class.getName());
        log.addHandler(handler);
        try {
            during.run();
        } finally {
            log.removeHandler(handler);
        }
        return errors;
    }

    @Test
    void partThatIsLost_isAnErrorOfTheMachine_once() {
        assertEquals(List.of(), errors(() -> ticks(SelfTest.LOST_TICKS)));
        List<Throwable> errors = errors(() -> ticks(10));
        assertEquals(1, errors.size());
        assertTrue(errors.get(0) instanceof InternalError, errors::toString);
    }

    @Test
    void partForWhichThereIsNoThread_isDead_andTheOthersAreAsked() {
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        List<Runnable> asked = new ArrayList<>();
        test.add("The executor", task -> {
            throw none;
        });
        test.add("media loop 2", asked::add);
        assertEquals(List.of(none, none), errors(() -> ticks(2)));
        assertEquals(1, asked.size());
        stuck.remove().run();
        ticks(SelfTest.DEAD_TICKS);
        assertTrue(test.whyDead().isPresent());
    }
}
