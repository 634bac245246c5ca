package org.reelcast.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

class LongCallTest {
    private static final Response DONE = Response.noContent().build();

    private final List<Runnable> tasks = new ArrayList<>();

    private static Throwable failure(CompletableFuture<Response> answer) {
        return assertThrows(ExecutionException.class, answer::get).getCause();
    }

    @Test
    void answersWhenTheCallIsOver_andHoldsNoThreadUntilThen() {
        CompletableFuture<Response> answer = LongCall.on(tasks::add, () -> DONE).toCompletableFuture();
        assertFalse(answer.isDone());
        tasks.get(0).run();
        assertSame(DONE, answer.getNow(null));
    }

    @Test
    void refusalOfTheCallIsTheAnswer() {
        Refusal refusal = new Refusal(StatusText.FILE_NOT_FOUND, "no such film");
        assertSame(
                refusal,
                failure(LongCall.on(Runnable::run, () -> {
                            throw refusal;
                        })
                        .toCompletableFuture()));
    }

    @Test
    void whereNoThreadIsToBeHad_theServerIsOverloaded() {
        Executor full = task -> {
            throw new RejectedExecutionException("1000 tasks wait already");
        };
        Refusal refusal = (Refusal) failure(LongCall.on(full, () -> DONE).toCompletableFuture());
        assertEquals(StatusText.SERVER_IS_OVERLOADED, refusal.status());
        assertEquals(503, refusal.status().httpStatus());
    }
}
