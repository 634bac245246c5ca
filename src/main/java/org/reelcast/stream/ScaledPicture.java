package org.reelcast.stream;

import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;

/** The picture of a film in another size, in step with the stream that shows the film. */
public interface ScaledPicture {

    /** From now on {@code taker} gets it, and hears of its end. */
    @OnLoop
    void take(Subscriber taker);

    /** {@code taker} gets nothing more, not even the end. */
    @OnLoop
    void leave(Subscriber taker);

    /** Nobody needs it any more; may be called again. */
    @AnyThread
    void close();
}
