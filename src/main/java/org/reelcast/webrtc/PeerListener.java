package org.reelcast.webrtc;

import org.reelcast.refusal.StatusText;

/**
 * What becomes of a peer connection. Called on its loop, so it must not block. Either {@link #onFailed} or
 * {@link #onClosed} comes at most once and is the last call; after {@link PeerConnection#close()} none comes.
 */
public interface PeerListener {

    /** DTLS is done: media may flow. */
    void onConnected();

    /** @param reason what the client is told */
    void onFailed(StatusText reason);

    /** The browser closed the connection. */
    void onClosed();

    /**
     * The viewer's link is too narrow for what is sent, and less is sent from here on; again every ten seconds while it
     * lasts. Never of publishers.
     *
     * @param mediaBps what all would take, bits a second
     * @param linkBps  what came through, bits a second
     */
    default void onNotEnoughBandwidth(long mediaBps, long linkBps) {}

    /** More is sent again: all from the next key frame on, or all but what nothing depends on. Never of publishers. */
    default void onRecovery() {}

    /**
     * The viewer's link is too narrow, and a smaller picture is to be had ({@link PeerConnection#rungs}).
     *
     * @param mediaBps what is sent takes, sound included, bits a second
     * @param linkBps  what came through, bits a second
     */
    default void onSmallerWanted(long mediaBps, long linkBps) {}

    /** The viewer's link may carry a larger picture, which is to be had. */
    default void onLargerWanted() {}

    /** The viewer cannot go on without a key frame (PLI or FIR); never of publishers. */
    default void onKeyFrameRequest() {}
}
