package org.reelcast.mp4.write;

import org.reelcast.media.H264Format;

/**
 * The video track of a film to be written, as it is at first.
 *
 * @param format      how the first samples are coded, with a decoder configuration; its time scale is the track's
 * @param mediaOffset when the film starts less the first sample's decode time, in the track's units: what is shown
 *                    earlier is left out
 */
public record VideoTrack(H264Format format, long mediaOffset) {

    /** Units a second of the track's times. */
    public int timescale() {
        return format.timescale();
    }
}
