package org.reelcast.mp4;

import org.reelcast.bitstream.h264.AvcConfig;

/**
 * H.264 in samples of length-prefixed NAL units (ISO 14496-15 section 5.4.2.1).
 *
 * @param format {@code avc1}, or {@code avc3} when parameter sets may come in the samples too
 * @param config parameter sets, which may be none with avc3, and the size of the lengths
 * @param width  in pixels, as the entry says; the parameter sets have the last word
 * @param height likewise
 */
public record AvcEntry(String format, AvcConfig config, int width, int height) implements SampleEntry {
}
