package org.reelcast.webrtc.dtls;

/** What becomes of a DTLS connection; called on its loop but for {@link #onConnected}. */
public interface DtlsListener {

    /** Send this datagram to the peer; the array is the listener's to keep. */
    void onSend(byte[] datagram);

    /**
     * The keys are agreed on. Called on a thread of the pool, since making ciphers of them takes a while.
     *
     * @param material of the length that {@code profile} needs (RFC 5764 section 4.2)
     * @return what is to be done on the loop, once the last flight is sent
     */
    Runnable onConnected(int profile, byte[] material);

    /** @param fingerprint whether the peer's certificate was not the announced one */
    void onFailed(boolean fingerprint, String reason);

    /** The peer has closed the connection. */
    void onGone();
}
