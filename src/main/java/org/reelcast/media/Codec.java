package org.reelcast.media;

/** What a frame's payload is, with the clock of its RTP payload format. */
public enum Codec {
    /** NAL units without start codes or length prefixes, one a slice (RFC 6184 section 8.2.1). */
    H264(90_000, MediaKind.VIDEO, "H264"),
    /** One Opus packet, one slice (RFC 7587 section 4.1). */
    OPUS(48_000, MediaKind.AUDIO, "opus"),
    /** One AAC access unit without ADTS header, one slice (ISO/IEC 14496-3 section 4.4.2); never sent over RTP. */
    AAC(0, MediaKind.AUDIO, "mpeg4-generic");

    private final int clockRate;
    private final MediaKind kind;
    private final String label;

    Codec(int clockRate, MediaKind kind, String label) {
        this.clockRate = clockRate;
        this.kind = kind;
        this.label = label;
    }

    /** RTP timestamp units a second; 0 for what is not sent over RTP here, and refused there. */
    public int clockRate() {
        return clockRate;
    }

    public MediaKind kind() {
        return kind;
    }

    public boolean isVideo() {
        return kind.isVideo();
    }

    /** What clients and REST are told, in WCS's words. */
    public String label() {
        return label;
    }
}
