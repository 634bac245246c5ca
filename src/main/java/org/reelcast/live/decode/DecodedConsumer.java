package org.reelcast.live.decode;

import org.reelcast.stream.StreamEnd;

/**
 * Who takes what a stream decodes to. Called by one task at a time, on which the other takers of the same stream wait:
 * what takes long is handed over. A call that is under way is not waited for when the taker leaves.
 */
public interface DecodedConsumer {

    /** Last call, unless the taker has left: the stream has ended, or can be decoded no more. */
    void onEnd(StreamEnd end);
}
