package org.reelcast.rendition;

import java.io.Closeable;
import java.util.Optional;
import org.reelcast.media.Format;
import org.reelcast.media.FrameReader;
import org.reelcast.media.SeekableTrack;

/**
 * One track of one film in one form: as it is in the file, or as viewers take it, transcoded once for all of them.
 * Shared and safe for several threads.
 */
public interface Rendition extends Closeable {

    /** What the first frame looks like. */
    Format format();

    /**
     * Where the track ends on the film's timeline: the same for all renditions of a track. The last frame may end a
     * little later.
     */
    long durationUs();

    /** Whether {@link #durationUs} is final: a film in fragments may tell its length only at its end. */
    default boolean isEndKnown() {
        return true;
    }

    /**
     * Whether the file has something to show or to be heard that begins in that time, as far as its index is known:
     * what does not come then is missing. In microseconds on the film's timeline.
     */
    default boolean brings(long fromUs, long untilUs) {
        return false;
    }

    /** What a user should know about how it plays, one sentence; may come while it plays. */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** How it is encoded while it plays; nothing when it is as in the file, or made faster than anybody reads. */
    default Optional<Encoding> encoding() {
        return Optional.empty();
    }

    /** The same for who reads it at any place; empty when its frames are known only once they are made. */
    default Optional<SeekableTrack> seekable() {
        return Optional.empty();
    }

    /** A reader that stands at the start. */
    FrameReader reader();

    @Override
    void close();
}
