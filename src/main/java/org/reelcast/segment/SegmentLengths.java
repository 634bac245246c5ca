package org.reelcast.segment;

/**
 * How long the segments of a film are to be. They start at key frames, so that they come out longer where those are far
 * apart.
 *
 * @param firstUs of the first segments: short ones let players start and choose a rate sooner
 * @param usualUs of those that follow
 */
public record SegmentLengths(long[] firstUs, long usualUs) {
    /** For whole films: the field's 6 seconds (Apple, HLS authoring specification 7.5), shorter at first. */
    public static final SegmentLengths WHOLE_FILM =
            new SegmentLengths(new long[] {2_000_000, 2_000_000, 4_000_000}, 6_000_000);

    /** Segments of one length. */
    public static SegmentLengths of(long us) {
        return new SegmentLengths(new long[0], us);
    }

    long wantedUs(int segment) {
        return segment < firstUs.length ? firstUs[segment] : usualUs;
    }
}
