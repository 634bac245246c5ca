package org.reelcast.rendition.reencode;

import java.util.concurrent.CountDownLatch;
import org.reelcast.loop.FakeNanoClock;
import org.reelcast.storage.ByteSource;

/** What tests do about encoders, and wait for. */
final class Encoders {
    /** As long as a reader waits for its first picture; for others it waits less. */
    private static final long READER_WAIT_NS = 5_000_000_000L;

    private Encoders() {}

    /** An encoder that is at work when its film is closed ends its step first, and may put a segment into the cache. */
    static void awaitIdle(ReencodedVideos tracks) {
        while (tracks.encoders() > 0) {
            Thread.onSpinWait();
        }
    }

    /** At the pace of play-out the encoders have their time: until they have made all that is wanted so far. */
    static void settle(ReencodedVideos tracks) {
        while (tracks.encodersAtWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * A source whose bytes behind some place do not come to encoders before {@code go}, and a reader that waits in
     * vain: as soon as an encoder asks for such bytes and a reader waits for its pictures, the clock goes on by as much
     * as a reader waits.
     */
    static StallingSource stalling(FakeNanoClock clock, ByteSource bytes, long from, CountDownLatch go) {
        StallingSource source = new StallingSource(bytes, from, go);
        Thread thread = new Thread(() -> {
            try {
                source.asked().await();
                clock.awaitWaiting();
                clock.advance(READER_WAIT_NS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return source;
    }
}
