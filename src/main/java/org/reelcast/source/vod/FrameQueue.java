package org.reelcast.source.vod;

import java.io.IOException;
import org.reelcast.media.Frame;

/** Frames of a film in decode order, as far as they have been read. For one thread. */
interface FrameQueue {

    /** The next frame, left in the queue; null when none has been read yet or none is left. */
    Frame peek();

    /** The next frame, taken. */
    Frame poll();

    /** Whether nothing will come after what is queued. */
    boolean isComplete();

    /** Where the film ends, on the same timeline as the frames; holds once {@link #isComplete()}. */
    long endUs();

    /** What broke the reading, once {@link #isComplete()}; null when the film ended as it should. */
    IOException failure();
}
