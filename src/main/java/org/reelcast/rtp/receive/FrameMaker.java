package org.reelcast.rtp.receive;

/** Makes frames of one track's payloads in order. */
interface FrameMaker extends ReorderBuffer.Target {

    /** The payloads that follow come at {@code nowUs}. */
    void at(long nowUs);

    /** Frames given out. */
    long frames();

    /** Payloads that could not be read. */
    long malformed();

    /** The source starts anew. */
    void reset();
}
