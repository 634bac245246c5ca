package org.reelcast.mp4;

/** How samples are coded: one entry of {@code stsd} (ISO 14496-12 section 8.5.2). */
public sealed interface SampleEntry permits AvcEntry, AacEntry, OpusEntry {

    /** The entry's four-character code: {@code avc1}, {@code avc3}, {@code mp4a} or {@code Opus}. */
    String format();
}
