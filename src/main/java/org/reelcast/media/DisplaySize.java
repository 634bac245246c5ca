package org.reelcast.media;

/** Width and height of what a picture is shown as, in pixels that are square, before it is turned. */
public record DisplaySize(int width, int height) {
    /** Pixels that claim to be more out of square than those of any real picture are taken for square. */
    private static final int MAX_STRETCH = 8;

    /**
     * The size of a picture whose pixels need not be square: stretched one way, so that nothing is lost.
     *
     * @param pixel width of a pixel to its height
     */
    public static DisplaySize of(int width, int height, AspectRatio pixel) {
        double stretch = stretch(pixel);
        return new DisplaySize(
                stretch > 1 ? rounded(width * stretch) : width, stretch < 1 ? rounded(height / stretch) : height);
    }

    /** The same made smaller one way: for where the larger picture is too large. */
    public static DisplaySize within(int width, int height, AspectRatio pixel) {
        double stretch = stretch(pixel);
        return new DisplaySize(
                stretch < 1 ? rounded(width * stretch) : width, stretch > 1 ? rounded(height / stretch) : height);
    }

    private static double stretch(AspectRatio pixel) {
        double stretch = (double) pixel.width() / pixel.height();
        return stretch <= MAX_STRETCH && 1 / stretch <= MAX_STRETCH ? stretch : 1;
    }

    private static int rounded(double pixels) {
        return (int) Math.max(1, Math.round(pixels));
    }
}
