package org.reelcast.rendition.opus;

import org.reelcast.config.Keys;
import org.reelcast.config.Settings;

/**
 * How sound is encoded.
 *
 * @param bitrate    of stereo, bits a second; mono takes half
 * @param frameMs    duration of a packet
 * @param complexity 0 (fast) to 10
 */
public record OpusParameters(int bitrate, int frameMs, int complexity) {
    private static final int MIN_BITRATE = 6_000;

    public static OpusParameters of(Settings settings) {
        return new OpusParameters(
                settings.get(Keys.OPUS_BITRATE) * 1000,
                settings.get(Keys.OPUS_FRAME_MS),
                settings.get(Keys.OPUS_COMPLEXITY));
    }

    int bitrate(int channels) {
        return channels == 1 ? Math.max(MIN_BITRATE, bitrate / 2) : bitrate;
    }

    int frameSamples() {
        return frameMs * 48;
    }

    /** For the key of what is kept on disk: changes when the packets would. */
    String tag() {
        return "opus2-" + bitrate + "-" + frameMs + "-" + complexity;
    }
}
