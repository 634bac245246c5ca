package org.reelcast.webrtc.dtls;

/** What becomes of a DTLS connection; called on a handshake thread, {@link #onGone} on the caller's as well. */
public interface DtlsListener {

    /** Send this datagram to the peer; the array is the listener's to keep. */
    void onSend(byte[] datagram);

    /** @param material of the length that {@code profile} needs (RFC 5764 section 4.2) */
    void onConnected(int profile, byte[] material);

    /** @param fingerprint whether the peer's certificate was not the announced one */
    void onFailed(boolean fingerprint, String reason);

    /** The peer has closed the connection. */
    void onGone();
}
