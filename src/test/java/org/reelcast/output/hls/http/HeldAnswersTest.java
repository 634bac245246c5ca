package org.reelcast.output.hls.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.reelcast.loop.FakeScheduler;

/** Held answers: in their time, bounded in number, none forgotten. */
class HeldAnswersTest {
    private static final HlsAnswer ANSWER = HlsAnswer.refusal(404, "An answer.");

    private final FakeScheduler clock = new FakeScheduler(0);
    private boolean refuses;
    private final Executor executor = task -> {
        if (refuses) {
            throw new RejectedExecutionException("full");
        }
        task.run();
    };
    private final HeldAnswers alarms = new HeldAnswers(clock, executor, 3);

    private CompletableFuture<HlsAnswer> hold(long us) {
        return alarms.after(us, () -> ANSWER).toCompletableFuture();
    }

    @Test
    void answer_isMadeWhenItsTimeHasCome_notEarlier() {
        CompletableFuture<HlsAnswer> held = alarms.after(500_400, () -> {
                    assertTrue(clock.nowUs() >= 500_400, "at " + clock.nowUs());
                    return ANSWER;
                })
                .toCompletableFuture();
        clock.run(500_000);
        assertFalse(held.isDone());
        assertEquals(1, alarms.held());
        clock.run(2_000);
        assertSame(ANSWER, held.join());
        assertEquals(0, alarms.held());
    }

    @Test
    void moreThanTheBound_areAnsweredAtOnceThatTheyAreTooMany() {
        List<CompletableFuture<HlsAnswer>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            held.add(hold(1_000_000));
        }
        for (int i = 0; i < 10_000; i++) {
            assertEquals(503, hold(1_000_000).join().status());
        }
        assertEquals(3, alarms.held());
        assertEquals(3, clock.waiting());
        clock.run(2_000_000);
        held.forEach(each -> assertSame(ANSWER, each.join()));
        assertFalse(hold(1_000).isDone());
    }

    @Test
    void failureToMake_isTheAnswer() {
        CompletableFuture<HlsAnswer> failed = alarms.after(1_000, () -> {
                    throw new IOException("gone");
                })
                .toCompletableFuture();
        clock.run(10_000);
        assertTrue(failed.isCompletedExceptionally());
        assertEquals(0, alarms.held());
    }

    /** A server that goes down, or one that is too busy: nobody waits for ever, and no place is lost. */
    @Test
    void executorsThatRefuse_completeTheAnswer() {
        CompletableFuture<HlsAnswer> held = hold(1_000);
        refuses = true;
        clock.run(10_000);
        assertTrue(held.isCompletedExceptionally());
        clock.shutdown();
        assertTrue(hold(1_000).isCompletedExceptionally());
        assertEquals(0, alarms.held());
    }
}
