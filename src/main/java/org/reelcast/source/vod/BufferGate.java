package org.reelcast.source.vod;

/** Decides when there is enough of a film in hand to play it. */
interface BufferGate {

    /** For films that are never waited for. */
    BufferGate NONE = timeUs -> true;

    /**
     * Whether playing may start, or go on after it had to wait, at that time of the film. On the loop; does not block.
     */
    boolean isEnough(long timeUs);
}
