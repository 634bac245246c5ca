package org.reelcast.mp4.read;

import org.reelcast.refusal.Refusal;

/**
 * Why a track cannot be played.
 *
 * @param what      the codec, for the log: {@code HEVC (hvc1)}
 * @param encrypted whether the track is encrypted: then the whole movie is refused
 * @param still     whether the track is but a picture, such as a cover: then it is no reason to refuse the movie
 * @param broken    what is broken of it; null when nothing is
 */
record Unplayable(String what, boolean encrypted, boolean still, Refusal broken) {

    Unplayable(String what, boolean encrypted, boolean still) {
        this(what, encrypted, still, null);
    }

    static Unplayable codec(String what) {
        return new Unplayable(what, false, false);
    }

    /** Its description is broken: that costs the movie this track, and no other. */
    static Unplayable broken(Refusal why) {
        return new Unplayable("broken (" + why.getMessage() + ")", false, false, why);
    }
}
