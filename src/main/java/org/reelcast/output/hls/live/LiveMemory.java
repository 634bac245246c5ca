package org.reelcast.output.hls.live;

import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.reelcast.loop.AnyThread;

/** The memory for frames that all live streams keep for HLS together: where there is too little their lists are short. */
@AnyThread
public final class LiveMemory {
    private static final Logger LOG = Logger.getLogger(LiveMemory.class.getName());

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    public LiveMemory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What a stream has of it. */
    final class Share {
        private final String name;
        private long own;
        private boolean told;
        private boolean closed;

        private Share(String name) {
            this.name = name;
        }

        synchronized void add(long change) {
            if (!closed) {
                own += change;
                bytes.addAndGet(change);
            }
        }

        synchronized long bytes() {
            return own;
        }

        boolean isShort() {
            return bytes.get() > maxBytes;
        }

        /** Fewer segments are kept than were to be. */
        synchronized void shortened() {
            if (!told) {
                told = true;
                LOG.log(
                        Level.WARNING,
                        "The HLS lists of {0} are short: published streams take more than {1} MB of memory together",
                        new Object[] {name, maxBytes >> 20});
            }
        }

        /** The stream keeps nothing any more. */
        synchronized void close() {
            add(-own);
            closed = true;
        }
    }

    /** @param name of the stream, for the log */
    Share share(String name) {
        return new Share(name);
    }
}
