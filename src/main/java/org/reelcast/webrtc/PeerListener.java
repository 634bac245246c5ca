package org.reelcast.webrtc;

/**
 * What becomes of a peer connection. Called on its loop, so it must not block. Either {@link #onFailed} or
 * {@link #onClosed} comes at most once and is the last call; after {@link PeerConnection#close()} none comes.
 */
public interface PeerListener {
    String ICE_TIMEOUT = "Failed by ICE timeout";
    String ICE_KEEP_ALIVE = "Failed by ICE keep alive";
    String DTLS_ERROR = "Failed by DTLS error";
    String DTLS_FINGERPRINT_ERROR = "Failed by DTLS fingerprint error";

    /** DTLS is done: media may flow. */
    void onConnected();

    /** @param info one of this interface's info strings */
    void onFailed(String info);

    /** The browser closed the connection. */
    void onClosed();

    /** The viewer cannot go on without a key frame (PLI or FIR); never of publishers. */
    default void onKeyFrameRequest() {
    }
}
