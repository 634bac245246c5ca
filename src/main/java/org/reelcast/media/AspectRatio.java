package org.reelcast.media;

import java.math.BigInteger;

/** A width to a height, both more than 0. */
public record AspectRatio(int width, int height) {
    /** As wide as high. */
    public static final AspectRatio SQUARE = new AspectRatio(1, 1);

    /** The ratio of parts of any size, in lowest terms or near them; {@link #SQUARE} unless both are more than 0. */
    public static AspectRatio of(long width, long height) {
        if (width <= 0 || height <= 0) {
            return SQUARE;
        }
        long divisor = BigInteger.valueOf(width).gcd(BigInteger.valueOf(height)).longValue();
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(Math.max(width, height) / divisor) - 31);
        return of((int) (width / divisor >> shift), (int) (height / divisor >> shift));
    }

    /** The ratio when both parts are more than 0, else {@link #SQUARE}. */
    public static AspectRatio of(int width, int height) {
        return width > 0 && height > 0 ? new AspectRatio(width, height) : SQUARE;
    }
}
