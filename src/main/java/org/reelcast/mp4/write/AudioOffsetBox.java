package org.reelcast.mp4.write;

/**
 * A box of our own between fragments ({@code uuid}, ISO 14496-12 section 11.1): by how many microseconds, a signed
 * number of 64 bits, the sound of the whole film is later than its samples' times say. Other readers pass over it.
 */
final class AudioOffsetBox {
    /** "reelcast.sound.1" */
    private static final long TYPE_HIGH = 0x7265656c63617374L;

    private static final long TYPE_LOW = 0x2e736f756e642e31L;
    /** No sample entry is as short. */
    static final int LENGTH = EntryBox.HEADER + 8;

    private AudioOffsetBox() {}

    static void write(BoxBuffer out, long us) {
        out.open("uuid").u64(TYPE_HIGH).u64(TYPE_LOW).u64(us).close();
    }
}
