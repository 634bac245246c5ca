package org.reelcast.mp4.box;

/** What no film needs more of. A file that asks for more is broken or hostile. */
public final class Limits {
    /** Samples of one track: 70 hours at 60 frames a second, 91 hours of 48 kHz AAC. */
    public static final int SAMPLES = 1 << 24;
    /** Samples of one run in a fragment that says nothing of each: no bytes in the file stand for them. */
    public static final int IMPLIED_SAMPLES = 1 << 16;
    /** A track whose samples are all of one size may claim this many times what the file has: it may be cut off. */
    public static final int CUT_OFF = 64;
    /** Bytes of one sample; whoever reads it allocates as much. */
    public static final int SAMPLE_BYTES = 1 << 26;
    /** Tracks in a movie, usable or not. */
    public static final int TRACKS = 128;
    /** Boxes side by side in one container of the header. */
    public static final int CHILDREN = 4096;
    /** Boxes side by side in a file. */
    public static final int TOP_LEVEL = 1 << 20;
    /** Sample entries of one track; a recording that changes its size often has hundreds. */
    public static final int SAMPLE_ENTRIES = 4096;
    /** Bytes of one sample entry, and of any small header box. */
    public static final int SMALL_BOX = 1 << 20;
    /** Edits in an edit list. */
    public static final int EDITS = 4096;
    /** Times in units of a time scale: far beyond any film, and sums stay far from overflow. */
    public static final long TIME = 1L << 56;
    /** Positions in a file. */
    public static final long POSITION = 1L << 56;
    /** Up to this size the movie header is read in one go. */
    public static final int HEADER_AT_ONCE = 8 << 20;

    /** Pixels of a picture of a codec that is decoded here: 8192x4352. */
    public static final int PIXELS = 8192 * 4352;
    /** Channels of sound that is decoded here; the layouts of more have no names. */
    public static final int CHANNELS = 8;
    /** Samples a second, likewise. */
    public static final int LEAST_RATE = 4_000;

    public static final int MOST_RATE = 768_000;

    private Limits() {}
}
