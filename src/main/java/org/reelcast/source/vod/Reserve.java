package org.reelcast.source.vod;

/** Decides when there is enough of a film in hand to play it. */
interface Reserve {

    /** For films that are never waited for. */
    Reserve NONE = timeUs -> true;

    /**
     * Whether playing may start, or go on after it had to wait, at that time of the film. On the loop; does not block.
     */
    boolean isEnough(long timeUs);
}
