package org.reelcast.source.vod;

import java.io.IOException;
import org.reelcast.media.Frame;

/** Frames of a film in the order in which they leave, as far as they have been read. For one thread. */
interface FilmFrames {

    /** The next frame, left in the queue; null when none has been read yet or none is left. */
    Frame peek();

    /** Of which of the film's tracks the next frame is. */
    int track();

    /** The next frame, taken. */
    Frame poll();

    /** Whether nothing will come after what is queued. */
    boolean isComplete();

    /** Where the film ends, on the same timeline as the frames; holds once {@link #isComplete()}. */
    long endUs();

    /** What broke the reading, once {@link #isComplete()}; null when the film ended as it should. */
    IOException failure();
}
