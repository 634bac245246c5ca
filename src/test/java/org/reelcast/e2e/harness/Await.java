package org.reelcast.e2e.harness;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what another process does. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /** Looks until the condition holds; fails with the sentence when it does not within the limit. */
    public static void until(Duration limit, Callable<Boolean> condition, Supplier<String> complaint) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError(complaint.get() + " (waited " + limit.toMillis() + " ms)");
                }
                Thread.sleep(STEP.toMillis());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass between two looks. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
