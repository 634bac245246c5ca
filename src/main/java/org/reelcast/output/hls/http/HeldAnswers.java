package org.reelcast.output.hls.http;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.loop.AnyThread;

/** Answers that are held until their time has come; none of them holds a thread. */
@AnyThread
public final class HeldAnswers {
    private final ScheduledExecutorService scheduler;
    private final Executor executor;
    private final int most;
    private final AtomicInteger held = new AtomicInteger();

    /**
     * @param executor makes the answers
     * @param most     how many may be held at a time; more are refused
     */
    public HeldAnswers(ScheduledExecutorService scheduler, Executor executor, int most) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.most = most;
    }

    /** The answer, made after that time, unless somebody completes it earlier. */
    public CompletableFuture<HlsAnswer> after(long us, AnswerMaker maker) {
        if (held.incrementAndGet() > most) {
            held.decrementAndGet();
            return CompletableFuture.completedFuture(tooMany());
        }
        CompletableFuture<HlsAnswer> answer = new CompletableFuture<>();
        answer.whenComplete((any, failure) -> held.decrementAndGet());
        try {
            // a moment late, as the time must have come
            Future<?> timer = scheduler.schedule(() -> make(answer, maker), us / 1000 + 1, TimeUnit.MILLISECONDS);
            answer.whenComplete((any, failure) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    /** Somebody else waits for an answer that is held; counted like the first. */
    public CompletableFuture<HlsAnswer> share(CompletableFuture<HlsAnswer> answer) {
        if (held.incrementAndGet() > most) {
            held.decrementAndGet();
            return CompletableFuture.completedFuture(tooMany());
        }
        answer.whenComplete((any, failure) -> held.decrementAndGet());
        return answer;
    }

    /** Does something that takes no time after that time; at once when that cannot be had any more. */
    public void later(long us, Runnable task) {
        try {
            scheduler.schedule(task, us, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private static HlsAnswer tooMany() {
        return HlsAnswer.refusal(503, "Too many requests are held; try again later.");
    }

    /** Makes the answer soon, on a thread that may take its time; later calls change nothing. */
    public void make(CompletableFuture<HlsAnswer> answer, AnswerMaker maker) {
        try {
            executor.execute(() -> complete(answer, maker));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
    }

    private static void complete(CompletableFuture<HlsAnswer> answer, AnswerMaker maker) {
        try {
            answer.complete(maker.make());
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** How many are held. */
    public int held() {
        return held.get();
    }
}
