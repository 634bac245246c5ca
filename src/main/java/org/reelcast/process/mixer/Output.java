package org.reelcast.process.mixer;

import java.io.IOException;
import org.reelcast.codec.ffmpeg.Picture;

/** Where a mixer's pictures and samples go; on the calling thread. */
interface Output {

    /** Takes a picture, whose time is that of the media loops' clock. */
    void show(Picture picture) throws IOException;

    /** Takes samples, stereo at 48 kHz, interleaved. @param at number of the first one on the clock */
    void play(float[] samples, int count, long at) throws IOException;

    /** No pictures for a while. */
    void rest();
}
