package org.reelcast.live.decode;

import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.media.H264Format;

/** Who takes a stream's decoded pictures. */
public interface VideoConsumer extends DecodedConsumer {

    /**
     * The next picture in the order in which they are shown; its time is on the clock of the media loops.
     *
     * @param picture the decoder's: to be shared by who keeps it
     * @param format  which part of it is shown, and how it is turned
     */
    void onPicture(Picture picture, H264Format format);
}
