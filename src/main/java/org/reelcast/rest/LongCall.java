package org.reelcast.rest;

import jakarta.ws.rs.core.Response;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.refusal.Refusal;
import org.reelcast.refusal.StatusText;

/**
 * A call that waits for something, on threads of that feature: those that all pages and calls share are not held, however
 * long it takes.
 */
public final class LongCall {

    private LongCall() {}

    /** Something that is to be done, and may be refused. */
    public interface Task {
        void run() throws Refusal;
    }

    /** The same that answers 200 when it is done. */
    public static CompletionStage<Response> done(Executor executor, Task task) {
        return on(executor, () -> {
            task.run();
            return Response.ok().build();
        });
    }

    /** Fails with a {@link Refusal} when the executor takes no more, and with what {@code call} throws. */
    public static CompletionStage<Response> on(Executor executor, Callable<Response> call) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    answer.complete(call.call());
                } catch (Throwable e) {
                    // whoever asked is to know
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new Refusal(StatusText.SERVER_IS_OVERLOADED, e.getMessage()));
        }
        return answer;
    }
}
