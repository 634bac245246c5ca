package org.reelcast.source.vod;

import org.reelcast.stream.Stream;

/** A hold on a stream that somebody publishes, which plays whether anybody watches or not. */
record PublishedLease(Stream stream) implements Lease {

    @Override
    public boolean isAlone() {
        return false;
    }

    @Override
    public void start() {
        // the publisher has started it
    }

    @Override
    public void close() {
        // the publisher ends it
    }
}
