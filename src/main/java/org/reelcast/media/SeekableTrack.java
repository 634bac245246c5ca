package org.reelcast.media;

import java.io.IOException;
import java.util.List;

/** A track of a film that can be read at any place, by any number of readers. Safe for several threads. */
public interface SeekableTrack {

    /** What the first frame looks like. */
    Format format();

    /** What its frames look like: those of a recording whose picture changed its size differ. The first is the first's. */
    default List<Format> formats() {
        return List.of(format());
    }

    /** Where the track ends on the film's timeline. */
    long durationUs();

    /** An index that stands at the start. */
    FrameIndex index() throws IOException;

    /** A reader that stands at the start. */
    FrameReader reader();
}
