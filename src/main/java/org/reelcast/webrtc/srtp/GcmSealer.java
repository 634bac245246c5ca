package org.reelcast.webrtc.srtp;

/** Encrypts packets by AES-128-GCM under one key, in place. One thread at a time. */
abstract class GcmSealer {
    static final int TAG = 16;
    static final int NONCE = 12;

    /**
     * Encrypts from {@code clear} to {@code length}, authenticates all, and writes the tag behind.
     *
     * @param more authenticated after the first {@code clear} bytes; may be null
     * @return the length with the tag, or a {@link SrtpStatus}
     */
    abstract int seal(byte[] nonce, byte[] b, int off, int clear, int length, byte[] more);
}
