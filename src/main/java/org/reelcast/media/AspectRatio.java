package org.reelcast.media;

/** A width to a height, both more than 0. */
public record AspectRatio(int width, int height) {
    /** As wide as high. */
    public static final AspectRatio SQUARE = new AspectRatio(1, 1);

    /** The ratio when both parts are more than 0, else {@link #SQUARE}. */
    public static AspectRatio of(int width, int height) {
        return width > 0 && height > 0 ? new AspectRatio(width, height) : SQUARE;
    }
}
