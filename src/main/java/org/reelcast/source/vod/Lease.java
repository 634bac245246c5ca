package org.reelcast.source.vod;

import org.reelcast.stream.Stream;

/** A viewer's hold on a stream: as long as there is one, a film's stream is not without viewers. */
interface Lease {

    Stream stream();

    /** Whether nobody else can join the stream. */
    boolean isAlone();

    /** The viewer can receive: a stream that waits for its first viewer plays from here. */
    void start();

    /** The viewer is gone. Called once. */
    void close();
}
