package org.reelcast.live.decode;

import java.util.List;
import java.util.function.Consumer;
import org.reelcast.media.Frame;
import org.reelcast.stream.StreamEnd;
import org.reelcast.stream.Subscriber;

/** Hears of a stream's end, and has none of it read. */
public record SourceWatch(Consumer<StreamEnd> whenEnded) implements Subscriber {

    @Override
    public void onStart(List<Frame> groupOfPictures) {
        // not taken
    }

    @Override
    public void onFrame(Frame frame) {
        // for others
    }

    @Override
    public void onEnd(StreamEnd end) {
        whenEnded.accept(end);
    }
}
