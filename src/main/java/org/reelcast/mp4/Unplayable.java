package org.reelcast.mp4;

/**
 * Why a track cannot be played.
 *
 * @param what      the codec, for the log: {@code HEVC (hvc1)}
 * @param encrypted whether the track is encrypted: then the whole movie is refused
 * @param still     whether the track is but a picture, such as a cover: then it is no reason to refuse the movie
 */
record Unplayable(String what, boolean encrypted, boolean still) {

    static Unplayable codec(String what) {
        return new Unplayable(what, false, false);
    }
}
