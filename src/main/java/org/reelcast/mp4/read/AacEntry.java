package org.reelcast.mp4.read;

import org.reelcast.bitstream.aac.AudioSpecificConfig;

/**
 * AAC, one access unit a sample, without ADTS headers (ISO 14496-14 section 5.6).
 *
 * @param format   {@code mp4a}
 * @param config   for the decoder
 * @param channels as the config says, else as the entry says
 */
public record AacEntry(String format, AudioSpecificConfig config, int channels) implements SampleEntry {}
