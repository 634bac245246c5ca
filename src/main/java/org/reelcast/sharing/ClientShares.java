package org.reelcast.sharing;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.BoundedExecutor;

/**
 * What the clients of one address have of an executor, however they ask: a quarter of its threads, so that whoever asks a
 * lot waits for himself. As with {@link ClientAddresses}, those of this machine have all of it.
 */
@AnyThread
public final class ClientShares {
    private static final int PARTS = 4;

    /** Those that have something to do. */
    private final Map<Share, Part> parts = new ConcurrentHashMap<>();

    /** @param remote of the client; equal shares are the same one */
    public Executor of(Executor all, String remote) {
        Optional<ByteBuffer> owner = ClientAddresses.owner(remote);
        return owner.isPresent() && all instanceof BoundedExecutor bounded
                ? new Share(this, bounded, owner.get())
                : all;
    }

    /** How many have something to do. */
    int count() {
        return parts.size();
    }

    private static final class Part {
        private final BoundedExecutor executor;
        /** Those that run or wait. */
        private int tasks;

        Part(BoundedExecutor executor) {
            this.executor = executor;
        }
    }

    private record Share(ClientShares shares, BoundedExecutor all, ByteBuffer owner) implements Executor {

        @Override
        public void execute(Runnable task) {
            Part part = enter();
            try {
                part.executor.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        leave();
                    }
                });
            } catch (RejectedExecutionException e) {
                leave();
                throw e;
            }
        }

        private Part enter() {
            return shares.parts.compute(this, (self, known) -> {
                Part part = known == null ? new Part(all.part(PARTS)) : known;
                part.tasks++;
                return part;
            });
        }

        private void leave() {
            shares.parts.computeIfPresent(this, (self, part) -> --part.tasks == 0 ? null : part);
        }
    }
}
