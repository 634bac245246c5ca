package org.reelcast.mp4.read;

import org.reelcast.media.MediaKind;

/** A track that a film has, as its header describes it, among which those are chosen that play. */
interface TrackCandidate {

    int id();

    MediaKind kind();

    default boolean isVideo() {
        return kind().isVideo();
    }

    /** Whether the file says that it is to be played. */
    boolean isEnabled();

    /** Whether it is sound that was asked for. */
    boolean isMeantBy(AudioChoice wanted);

    /** Why it cannot be played; null when it can. */
    Unplayable refusal();

    /** The note that the track is left out for having no samples. */
    default String emptyNote() {
        return "Track " + id() + " has no samples and is left out";
    }
}
