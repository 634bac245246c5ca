package org.reelcast.output.push;

import java.util.concurrent.atomic.AtomicLong;
import org.reelcast.loop.AnyThread;

/** What a push has come to so far. */
@AnyThread
final class PushCounters {
    final AtomicLong frames = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong connections = new AtomicLong();

    void sent(int size) {
        frames.incrementAndGet();
        bytes.addAndGet(size);
    }
}
