package org.reelcast.webrtc.client;

/** Looks at decrypted packets, on the client's network thread. The array is valid during the call only. */
public interface Received {
    Received NOTHING = new Received() {};

    /** @param length without SRTP's tag */
    default void rtp(byte[] b, int length) {}

    default void rtcp(byte[] b, int length) {}
}
