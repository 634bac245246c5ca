package org.reelcast.rtp;

/**
 * What a viewer's link is believed to carry, and what follows from it.
 *
 * @param level         what the viewer is sent
 * @param mediaBps      what the film takes with all its frames, sound and headers included, bits a second; 0 while
 *                      unknown
 * @param linkBps       what arrived when last too much was sent, or the receiver's estimate where that is lower, bits a
 *                      second; 0 when that never was
 * @param framesThinned frames left out because of it
 * @param shortages     how often the link became too narrow
 */
public record LinkStatistics(SendLevel level, long mediaBps, long linkBps, long framesThinned, long shortages) {

    /** Of a viewer whose link is not looked at. */
    public static final LinkStatistics NONE = new LinkStatistics(SendLevel.ALL, 0, 0, 0, 0);
}
