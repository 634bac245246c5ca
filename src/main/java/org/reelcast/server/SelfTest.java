package org.reelcast.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;

/**
 * Whether the server still works inside: each of its parts is asked over and over to run something. Ticks are counted,
 * not time, so that a process that was held up as a whole, as by a machine that slept, is not taken for dead.
 */
public final class SelfTest {
    private static final Logger LOG = Logger.getLogger(SelfTest.class.getName());
    static final long TICK_MS = 1_000;
    /** Ticks without an answer after which a part counts as dead. */
    static final int DEAD_TICKS = 5;
    /** After which there is no hope. */
    static final int LOST_TICKS = 30;

    private final List<Part> parts = new ArrayList<>();
    private final LongSupplier nowMs;
    private volatile long tickedMs;
    private boolean lost;

    private static final class Part {
        private final String name;
        private final Executor executor;
        private volatile boolean asked;
        private volatile int ticks;

        Part(String name, Executor executor) {
            this.name = name;
            this.executor = executor;
        }

        private void tick() {
            if (asked) {
                ticks++;
                return;
            }
            asked = true;
            try {
                executor.execute(() -> {
                    ticks = 0;
                    asked = false;
                });
            } catch (RejectedExecutionException e) {
                unanswered();
            } catch (Error e) {
                // no thread is to be had, perhaps: the launcher ends the process at such an error
                unanswered();
                LOG.log(Level.SEVERE, name + " cannot be asked", e);
            }
        }

        private void unanswered() {
            asked = false;
            ticks++;
        }
    }

    /** @param nowMs a monotonic clock */
    SelfTest(LongSupplier nowMs) {
        this.nowMs = nowMs;
        tickedMs = nowMs.getAsLong();
    }

    /** Another part to be asked; before the first {@link #tick}. */
    void add(String name, Executor executor) {
        parts.add(new Part(name, executor));
    }

    /** To be called every {@link #TICK_MS}. */
    void tick() {
        tickedMs = nowMs.getAsLong();
        parts.forEach(Part::tick);
        Optional<Part> gone =
                parts.stream().filter(part -> part.ticks >= LOST_TICKS).findFirst();
        if (gone.isPresent() && !lost) {
            lost = true;
            String why = gone.get().name + " has not answered for " + gone.get().ticks + " s";
            // the launcher ends the process at such an error
            LOG.log(Level.SEVERE, "The server does not work any more: " + why, new InternalError(why));
        }
    }

    /** Why the server should be started anew, a sentence; empty when it works. */
    @AnyThread
    public Optional<String> whyDead() {
        if (nowMs.getAsLong() - tickedMs > DEAD_TICKS * 2 * TICK_MS) {
            return Optional.of("Nothing runs at its time any more.");
        }
        return parts.stream()
                .filter(part -> part.ticks >= DEAD_TICKS)
                .findFirst()
                .map(part -> part.name + " does not answer.");
    }
}
