package org.reelcast.media;

/** A track of a film that can be read at any place, by any number of readers. Safe for several threads. */
public interface SeekableTrack {

    /** What the first frame looks like. */
    Format format();

    /** Where the track ends on the film's timeline. */
    long durationUs();

    /** An index that stands at the start. */
    FrameIndex index();

    /** A reader that stands at the start. */
    FrameReader reader();
}
