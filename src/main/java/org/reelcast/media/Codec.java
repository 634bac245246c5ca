package org.reelcast.media;

/** What a frame's payload is, with the clock of its RTP payload format. */
public enum Codec {
    /** NAL units without start codes or length prefixes, one a slice (RFC 6184 section 8.2.1). */
    H264(90_000, true, "H264"),
    /** One Opus packet, one slice (RFC 7587 section 4.1). */
    OPUS(48_000, false, "opus"),
    /** One AAC access unit without ADTS header, one slice (ISO/IEC 14496-3 section 4.4.2); never sent over RTP. */
    AAC(0, false, "mpeg4-generic");

    private final int clockRate;
    private final boolean video;
    private final String label;

    Codec(int clockRate, boolean video, String label) {
        this.clockRate = clockRate;
        this.video = video;
        this.label = label;
    }

    /** RTP timestamp units a second; 0 for what is not sent over RTP here, and refused there. */
    public int clockRate() {
        return clockRate;
    }

    public boolean isVideo() {
        return video;
    }

    /** What clients and REST are told, in WCS's words. */
    public String label() {
        return label;
    }
}
