package org.reelcast.mp4.write;

import org.reelcast.media.AacFormat;

/**
 * The AAC track of a film to be written.
 *
 * @param format  how access units are coded; its time scale is the track's
 * @param priming units that the encoder put before the sound; players leave them out
 * @param bitrate bits a second, for information; 0 when unknown
 */
public record AudioTrack(AacFormat format, int priming, int bitrate) {

    /** Units a second of the track's times. */
    public int timescale() {
        return format.timescale();
    }
}
