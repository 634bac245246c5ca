package org.reelcast.rtp.receive;

/** The assembler of one track's frames, out of payloads that come in order. */
interface FrameAssembler extends ReorderBuffer.Target {

    /** The payloads that follow come at {@code nowUs}. */
    void at(long nowUs);

    /** Frames given out. */
    long frames();

    /** Payloads that could not be read. */
    long malformed();

    /** The source starts anew. */
    void reset();
}
