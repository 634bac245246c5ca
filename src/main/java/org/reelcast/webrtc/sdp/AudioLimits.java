package org.reelcast.webrtc.sdp;

/**
 * Limits that a client that plays sets to the Opus packets that it gets (RFC 7587 section 6.1, RFC 8866 sections 6.4 and
 * 6.5).
 *
 * @param packetMs the longest packet, in ms; 0 = any
 * @param bitrate  the highest average, in bits a second; 0 = any
 * @param mono     whether it says that it wants no stereo; who says nothing of it takes stereo
 */
public record AudioLimits(int packetMs, int bitrate, boolean mono) {
    static final AudioLimits NONE = new AudioLimits(0, 0, false);

    private static final int DEFAULT_PACKET_MS = 20;
    /** Values outside of it are to be ignored; the last is the most that Opus knows, and no limit. */
    private static final int LEAST_BITRATE = 6_000;

    private static final int MOST_BITRATE = 510_000;

    static AudioLimits of(MediaSection section, PayloadType codec) {
        int bitrate = number(codec.parameter("maxaveragebitrate"), 9);
        return new AudioLimits(
                packetMs(section, codec),
                bitrate >= LEAST_BITRATE && bitrate < MOST_BITRATE ? bitrate : 0,
                "0".equals(codec.parameter("stereo")));
    }

    /** Who says nothing of Opus at all gets what all decoders take. */
    private static int packetMs(MediaSection section, PayloadType codec) {
        int wished = number(section.attributes().first("ptime"), 4);
        int most = number(section.attributes().first("maxptime"), 4);
        if (wished == 0 && most == 0) {
            return codec.parameters().isEmpty() ? DEFAULT_PACKET_MS : 0;
        }
        return wished == 0 ? most : most == 0 ? wished : Math.min(wished, most);
    }

    /** 0 when it is none, or has more digits. */
    private static int number(String value, int digits) {
        return value != null && value.strip().matches("[0-9]{1," + digits + "}") ? Integer.parseInt(value.strip()) : 0;
    }
}
