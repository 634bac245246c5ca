package org.reelcast.process.transcoder;

/**
 * Where key frames are in streams that take the place of each other: at the first picture of each two seconds of the
 * media loops' clock, so that all made of one source have them at the same pictures. For one thread at a time.
 */
final class KeyGrid {
    private static final long STEP_US = 2_000_000;

    private long step = Long.MIN_VALUE;

    /** Whether the picture of that time is a key frame. */
    boolean isKey(long timeUs) {
        long now = Math.floorDiv(timeUs, STEP_US);
        boolean next = now != step;
        step = now;
        return next;
    }
}
