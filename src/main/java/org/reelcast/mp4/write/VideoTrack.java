package org.reelcast.mp4.write;

import org.reelcast.bitstream.h264.AvcConfig;

/**
 * The video track of a film to be written, as it is at first.
 *
 * @param entry       how the first samples are coded
 * @param rotation    degrees clockwise to turn the picture for display: 0, 90, 180 or 270
 * @param mediaOffset presentation less decode time of the first sample, in units of {@link #TIMESCALE}
 */
public record VideoTrack(Avc entry, int rotation, long mediaOffset) {
    /** Units a second of the track's times. */
    public static final int TIMESCALE = 90_000;

    /**
     * How H.264 samples are coded.
     *
     * @param config parameter sets; lengths have four bytes
     * @param width  in pixels, at most 65535
     * @param height likewise
     */
    public record Avc(AvcConfig config, int width, int height) {
    }
}
