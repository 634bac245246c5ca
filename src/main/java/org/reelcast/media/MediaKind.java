package org.reelcast.media;

/** The kind of a track: its media type (RFC 8866 section 5.14). */
public enum MediaKind {
    VIDEO("video"),
    AUDIO("audio");

    private final String token;

    MediaKind(String token) {
        this.token = token;
    }

    public boolean isVideo() {
        return this == VIDEO;
    }

    /** The kind of that name; null for all other media types. */
    public static MediaKind of(String token) {
        return VIDEO.token.equals(token) ? VIDEO : AUDIO.token.equals(token) ? AUDIO : null;
    }

    /** The name in a session description. */
    public String token() {
        return token;
    }
}
