package org.reelcast.stream;

/** The states of a stream as WCS names them to its clients. */
public enum StreamStatus {
    PENDING,
    PUBLISHING,
    PLAYING,
    UNPUBLISHED,
    STOPPED,
    FAILED,
    PLAYBACK_PROBLEM
}
