package org.reelcast.mp4.write;

import java.util.List;

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
     * How H.264 samples are coded: NAL units with a length of four bytes before each.
     *
     * @param sps    sequence parameter sets, at least one
     * @param pps    picture parameter sets
     * @param width  in pixels, at most 65535
     * @param height likewise
     */
    public record Avc(List<byte[]> sps, List<byte[]> pps, int width, int height) {
    }
}
