package org.reelcast.media;

import java.io.IOException;

/**
 * Walks over the frames of a track in decode order by the file's index, without reading them: what a
 * {@link FrameReader} of the same track will give. Frames that an edit list hides may be left out. For one thread; never
 * on a media loop.
 */
public interface FrameIndex {

    /**
     * Goes to the next frame; the getters tell of it.
     *
     * @return false at the end
     * @throws IOException when the index of a film in fragments cannot be read on
     */
    boolean next() throws IOException;

    /** As {@link FrameReader#seek}: {@link #next} goes to the last key frame at or before {@code timeUs}. */
    void seek(long timeUs) throws IOException;

    /** On the film's timeline. */
    long decodeTimeUs();

    /** On the film's timeline. */
    long presentationTimeUs();

    /** Whether decoding can start here, as far as the file says it. */
    boolean isKey();

    /** Bytes. */
    int size();

    /** Which of {@link SeekableTrack#formats()} the frame has, as far as the file says it. */
    default int format() {
        return 0;
    }
}
