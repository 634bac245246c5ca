package org.reelcast.mp4.read;

/**
 * Opus, one packet a sample (Encapsulation of Opus in ISO Base Media File Format, 4.3.1). Mono or stereo: of channel
 * mapping family 0.
 *
 * @param format   {@code Opus}
 * @param channels 1 or 2
 * @param preSkip  samples at 48 kHz that a decoder gives out at first and nobody is to hear; the edit list says so too
 */
public record OpusEntry(String format, int channels, int preSkip) implements SampleEntry {}
