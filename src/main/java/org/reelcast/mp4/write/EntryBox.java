package org.reelcast.mp4.write;

import org.reelcast.media.H264Format;

/**
 * A box of our own between fragments ({@code uuid}, ISO 14496-12 section 11.1): the sample entry of the video samples
 * from the next fragment on. Other readers pass over it.
 */
final class EntryBox {
    /** "reelcast.entry.1" */
    static final long TYPE_HIGH = 0x7265656c63617374L;

    static final long TYPE_LOW = 0x2e656e7472792e31L;
    /** Before the sample entry: size, {@code uuid}, the type. */
    static final int HEADER = 24;

    private EntryBox() {}

    static void write(BoxBuffer out, H264Format format) {
        out.open("uuid").u64(TYPE_HIGH).u64(TYPE_LOW);
        SampleEntries.avc(out, format);
        out.close();
    }
}
