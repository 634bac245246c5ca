package org.reelcast.webrtc.srtp;

import javax.crypto.spec.SecretKeySpec;

/** Encrypts packets by AES-128-GCM under one key, in place. One thread at a time. */
abstract class GcmSealer {
    static final int TAG = 16;
    static final int NONCE = 12;

    /** The one without garbage where this Java lets us, else the one that every Java has. */
    static GcmSealer of(SecretKeySpec key) {
        return JdkGcmInternals.WORK ? new InPlaceGcm(key) : new JceSealer(key);
    }

    /**
     * Encrypts from {@code clear} to {@code length}, authenticates all, and writes the tag behind.
     *
     * @param more authenticated after the first {@code clear} bytes; may be null
     * @return the length with the tag, or a {@link SrtpStatus}
     */
    abstract int seal(byte[] nonce, byte[] b, int off, int clear, int length, byte[] more);
}
