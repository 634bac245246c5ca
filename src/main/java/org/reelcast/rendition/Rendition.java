package org.reelcast.rendition;

import java.io.Closeable;
import java.util.Optional;
import org.reelcast.media.Format;

/**
 * One track of one film in one form: as it is in the file, or as viewers take it, transcoded once for all of them.
 * Shared and safe for several threads.
 */
public interface Rendition extends Closeable {

    /** What the first frame looks like. */
    Format format();

    /** Where the last frame ends on the film's timeline. */
    long durationUs();

    /** Whether {@link #durationUs} stays as it is; a film in fragments may show its end only on the way there. */
    default boolean isEndKnown() {
        return true;
    }

    /** What a user should know about how it plays, one sentence; may come while it plays. */
    default Optional<String> note() {
        return Optional.empty();
    }

    /** Whether a reader would wait for pictures that nobody has time to encode; may read a little from the disk. */
    default boolean isStarved() {
        return false;
    }

    /** Whether something of it is being made for later viewers: until then it is better not closed. */
    default boolean isBusy() {
        return false;
    }

    /** Whether readers may have to wait for an encoder. */
    default boolean isEncoded() {
        return false;
    }

    /** A reader that stands at the start. */
    FrameReader reader();

    @Override
    void close();
}
