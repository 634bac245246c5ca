package org.reelcast.mp4;

import java.util.List;

/**
 * H.264 in samples of length-prefixed NAL units (ISO 14496-15 section 5.4.2.1).
 *
 * @param format        {@code avc1}, or {@code avc3} when parameter sets may come in the samples too
 * @param sps           sequence parameter sets, NAL units without prefix; may be empty with avc3
 * @param pps           picture parameter sets, likewise
 * @param nalLengthSize bytes of the length before each NAL unit: 1, 2 or 4
 * @param width         in pixels, as the entry says; the parameter sets have the last word
 * @param height        likewise
 */
public record AvcEntry(String format, List<byte[]> sps, List<byte[]> pps, int nalLengthSize, int width, int height)
        implements SampleEntry {
}
