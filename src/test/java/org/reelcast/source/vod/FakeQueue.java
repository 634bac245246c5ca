package org.reelcast.source.vod;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.reelcast.media.Frame;

/** What a reader has handed over so far, as a test says. */
class FakeQueue implements FilmFrames {
    final Queue<Frame> frames = new ArrayDeque<>();
    boolean complete;
    long endUs;
    IOException failure;

    @Override
    public Frame peek() {
        return frames.peek();
    }

    @Override
    public int track() {
        return 0;
    }

    @Override
    public Frame poll() {
        return frames.poll();
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public long endUs() {
        return endUs;
    }

    @Override
    public IOException failure() {
        return failure;
    }
}
