package org.reelcast.stream;

import java.util.List;
import org.reelcast.loop.OnLoop;
import org.reelcast.media.Frame;

/** An output of a stream. */
@OnLoop
public interface Subscriber {

    /**
     * First call; and again when the picture starts anew at another place, or is there at last.
     *
     * @param groupOfPictures the video frames from the last key frame on, in decode order, times as they were; empty
     *                        when the stream has not had a key frame yet
     */
    void onStart(List<Frame> groupOfPictures);

    /** A frame that is due now. */
    void onFrame(Frame frame);

    /**
     * Frames before this call were not yet in step, those after it are.
     *
     * @param pictureUs so much later the pictures before should have been compared to the sound before; negative: so
     *                  much earlier. From now on pictures are later by it, or, when negative, sound is
     */
    default void onInStep(long pictureUs) {}

    /** The film stood still for want of data: what comes from now on is so much later than it would have been. */
    default void onWaited(long us) {}

    /** Something is wrong with the stream, which goes on. @param what a sentence for users */
    default void onProblem(String what) {}

    /** Last call. */
    void onEnd(StreamEnd end);
}
