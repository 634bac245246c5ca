package org.reelcast.output.snapshot;

import java.util.OptionalInt;
import org.reelcast.media.AspectRatio;

/** Width and height of an image, in pixels that are square. */
record ImageSize(int width, int height) {
    /** Pixels that claim to be more out of square than those of any real picture are taken for square. */
    private static final int MAX_STRETCH = 8;

    /**
     * The size in which a picture is to be seen: stretched one way when its pixels are not square, so that nothing is
     * lost, and turned.
     *
     * @param pixel    width of a pixel to its height
     * @param rotation degrees clockwise: 0, 90, 180 or 270
     */
    static ImageSize of(int width, int height, AspectRatio pixel, int rotation) {
        double stretch = (double) pixel.width() / pixel.height();
        boolean credible = stretch <= MAX_STRETCH && 1 / stretch <= MAX_STRETCH;
        int shownWidth = credible && stretch > 1 ? rounded(width * stretch) : width;
        int shownHeight = credible && stretch < 1 ? rounded(height / stretch) : height;
        return rotation % 180 == 0 ? new ImageSize(shownWidth, shownHeight) : new ImageSize(shownHeight, shownWidth);
    }

    /** The same made no wider than that, in proportion. */
    ImageSize within(OptionalInt maxWidth) {
        if (maxWidth.isEmpty() || maxWidth.getAsInt() >= width) {
            return this;
        }
        return new ImageSize(maxWidth.getAsInt(), rounded((double) height * maxWidth.getAsInt() / width));
    }

    private static int rounded(double pixels) {
        return (int) Math.max(1, Math.round(pixels));
    }
}
