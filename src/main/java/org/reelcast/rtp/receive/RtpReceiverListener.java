package org.reelcast.rtp.receive;

import org.reelcast.media.Frame;

/** Takes what a publisher sends. Called from within the receiver's methods. */
public interface RtpReceiverListener {

    /**
     * A whole frame, in order; its times are on the loops' clock, the moment at which it is due. Video starts with a
     * key frame, and after a loss that was not mended goes on with one; key frames have their parameter sets.
     */
    void onFrame(Frame frame);

    /** Video was lost for good; the next video frame is a key frame. */
    default void onVideoLoss() {}

    /**
     * The publisher's reports told for the first time how sound and picture belong together; before, frames were due as
     * they came. Called once, behind the last frame of before.
     *
     * @param pictureUs so much later the pictures before should have been due compared to the sound before; negative:
     *                  so much earlier. From now on pictures are due later by it, or, when negative, sound is
     */
    default void onInStep(long pictureUs) {}
}
