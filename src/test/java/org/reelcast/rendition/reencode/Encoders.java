package org.reelcast.rendition.reencode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.storage.ByteSource;

/** What tests do about encoders, and wait for. */
final class Encoders {
    /** As long as a reader waits for its first picture; for others it waits less. */
    private static final long READER_WAIT_NS = 5_000_000_000L;
    /** Of real time: encoders that wait for a core which one that waits for bytes has do not go on either. */
    private static final long PATIENCE_NS = 1_000_000_000L;
    /** Of real time; far more than any of them works on. */
    private static final long LIMIT_NS = 60_000_000_000L;

    private Encoders() {}

    /** An encoder that is at work when its film is closed ends its step first, and may put a segment into the cache. */
    static void awaitIdle(ReencodedVideos tracks) {
        await(() -> tracks.encoders() == 0);
    }

    /** At the pace of play-out the encoders have their time: until they have made all that is wanted so far. */
    static void settle(ReencodedVideos tracks) {
        await(() -> tracks.encodersAtWork() == 0);
    }

    private static void await(BooleanSupplier done) {
        long limit = System.nanoTime() + LIMIT_NS;
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < limit, "encoders are at work still");
            Thread.onSpinWait();
        }
    }

    /**
     * A source whose bytes behind some place do not come to encoders before {@code go}, and readers that wait in vain:
     * whenever one waits and all encoders at work do so for such bytes, the clock goes on by as much as a reader waits.
     */
    static StallingSource stalling(
            FakeNanoClock clock, ByteSource bytes, long from, CountDownLatch go, ReencodedVideos tracks) {
        StallingSource source = new StallingSource(bytes, from, go);
        Thread thread = new Thread(() -> {
            try {
                source.awaitAsked();
                passTime(clock, source, tracks);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return source;
    }

    private static void passTime(FakeNanoClock clock, StallingSource source, ReencodedVideos tracks)
            throws InterruptedException {
        int passed = 0;
        long sinceNs = System.nanoTime();
        while (source.stalls()) {
            clock.awaitWaiting();
            int wait = clock.waits();
            if (wait == passed) {
                sinceNs = System.nanoTime();
            } else if (source.stalls()
                    && (tracks.encodersAtWork() <= source.waiting() || System.nanoTime() - sinceNs > PATIENCE_NS)) {
                passed = wait;
                clock.advance(READER_WAIT_NS);
            }
            Thread.onSpinWait();
        }
    }
}
