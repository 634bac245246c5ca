package org.reelcast.webrtc.srtp;

/** What protecting and unprotecting answer instead of a length when they cannot; all are negative. */
public final class SrtpStatus {
    /** Too short or malformed, or not to be encrypted. */
    public static final int INVALID = -1;
    /** The authentication tag is wrong. */
    public static final int AUTH_FAILED = -2;
    /** This index was received before (RFC 3711 section 3.3.2). */
    public static final int REPLAYED = -3;
    /** The index is older than the replay window. */
    public static final int TOO_OLD = -4;
    /** The key must not be used for more packets (RFC 3711 section 9.2). */
    public static final int KEY_EXPIRED = -5;
    /** More sources than are sent to one peer. */
    public static final int TOO_MANY_SOURCES = -6;

    private SrtpStatus() {}
}
