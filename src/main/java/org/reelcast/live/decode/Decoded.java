package org.reelcast.live.decode;

import org.reelcast.loop.AnyThread;

/** Somebody's part in a stream being decoded: as long as one is open, it is. */
@AnyThread
public interface Decoded extends AutoCloseable {

    /** What became of the frames of this stream and kind so far. */
    DecodingCounters counters();

    /** The taker leaves; any number of times. */
    @Override
    void close();
}
