package org.reelcast.media;

/**
 * What the values of decoded samples mean, by the code points of ITU-T H.273, which are those of ITU-T H.264 annex E
 * and of MP4's {@code colr} (ISO/IEC 14496-12 section 12.1.5).
 *
 * @param primaries chromaticity of the primaries (H.273 table 2)
 * @param transfer  transfer characteristics (table 3)
 * @param matrix    matrix coefficients (table 4)
 * @param fullRange whether values use all of their range
 */
public record Colour(int primaries, int transfer, int matrix, boolean fullRange) {
    private static final int UNKNOWN = 2;

    /** Nothing is said of it: a player goes by the picture's size. */
    public static final Colour UNSPECIFIED = new Colour(UNKNOWN, UNKNOWN, UNKNOWN, false);

    /** High definition of standard dynamic range (ITU-R BT.709). */
    public static final Colour BT709 = new Colour(1, 1, 1, false);

    /** The same with values that use all of their range. */
    public Colour withFullRange() {
        return new Colour(primaries, transfer, matrix, true);
    }
}
