package org.reelcast.mp4.read;

/** How samples are coded: one entry of {@code stsd} (ISO 14496-12 section 8.5.2). */
public sealed interface SampleEntry permits VisualEntry, AacEntry, OpusEntry, AudioEntry {

    /** The entry's four-character code: {@code avc1}, {@code mp4a}, {@code hvc1} and so on. */
    String format();
}
