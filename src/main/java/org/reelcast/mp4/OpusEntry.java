package org.reelcast.mp4;

/**
 * Opus, one packet a sample (Encapsulation of Opus in ISO Base Media File Format, 4.3.1). Mono or stereo: of channel
 * mapping family 0.
 *
 * @param format   {@code Opus}
 * @param channels 1 or 2
 */
public record OpusEntry(String format, int channels) implements SampleEntry {
}
