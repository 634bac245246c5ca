package org.reelcast.live.encode;

import java.util.List;
import org.reelcast.loop.AnyThread;
import org.reelcast.loop.OnLoop;
import org.reelcast.stream.Stream;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.StreamTrack;

/** Who makes the pictures and sound of an {@link EncodedStream}. */
public interface Producer {

    /** The streams of which they are made. */
    @AnyThread
    List<Stream> inputs();

    /** A track has its first taker, or has lost the last one: what nobody takes need not be made. */
    @OnLoop
    default void onTaken(StreamTrack track, boolean taken) {}

    /** Nobody is left for whom the stream went on. */
    @AnyThread
    default void onUnheld() {}

    /** The last call: nothing more is taken. On the loop, before those who take the stream hear of it. */
    void onEnd(StreamEnd how);
}
