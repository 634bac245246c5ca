package org.reelcast.output.snapshot;

import java.util.OptionalInt;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.DisplaySize;

/** Width and height of an image, in pixels that are square. */
record ImageSize(int width, int height) {
    /**
     * The size in which a picture is to be seen: stretched one way when its pixels are not square, so that nothing is
     * lost, and turned.
     *
     * @param pixel    width of a pixel to its height
     * @param rotation degrees clockwise: 0, 90, 180 or 270
     */
    static ImageSize of(int width, int height, AspectRatio pixel, int rotation) {
        DisplaySize shown = DisplaySize.of(width, height, pixel);
        return rotation % 180 == 0
                ? new ImageSize(shown.width(), shown.height())
                : new ImageSize(shown.height(), shown.width());
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
