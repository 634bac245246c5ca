package org.reelcast.media;

import java.io.Closeable;
import java.io.IOException;
import org.reelcast.loop.Blocking;

/**
 * Reads the frames of one rendition in decode order, at one viewer's or one stream's own pace. Cheap to make; used by
 * one thread at a time; waits for storage or for a transcode under way.
 */
public interface FrameReader extends Closeable {

    /**
     * @return the next frame, times on the film's timeline; null at the end
     * @throws IOException when the file breaks midway; the message is a sentence fit for the log
     */
    @Blocking
    Frame next() throws IOException;

    /**
     * Moves so that {@link #next()} gives a frame from which {@code timeUs} can be shown: the last key frame at or
     * before it (the first one when there is none), for audio the packet that holds it.
     */
    @Blocking
    void seek(long timeUs) throws IOException;

    @Override
    void close();
}
