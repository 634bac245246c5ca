package org.reelcast.rendition.reencode;

import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.PictureArea;
import org.reelcast.media.DisplaySize;
import org.reelcast.media.H264Format;

/**
 * The shape in which a film's pictures are encoded: what is to be shown of them, in square pixels, in no mirror. Turned
 * by right angles is what receivers do.
 *
 * @param area     of the decoded picture
 * @param width    of what is encoded in full, even, as the height
 * @param rotation degrees clockwise by which receivers have to turn it: 0, 90, 180 or 270
 */
record PictureShape(PictureArea area, int width, int height, int rotation) {
    /** Pixels that are as little out of square are left as they are: nobody sees it. */
    private static final double SQUARE_ENOUGH = 0.01;

    /** Larger pictures become smaller by this, as often as needed. */
    private static final double FINER = 0.96;

    private static final double LEAST_SCALE = 0.1;

    static PictureShape of(H264Format format) {
        PictureArea area = PictureArea.of(format);
        DisplaySize size = size(area.width(), area.height(), format);
        return new PictureShape(
                area, even(size.width(), area.width()), even(size.height(), area.height()), area.rotation(format));
    }

    private static DisplaySize size(int width, int height, H264Format format) {
        DisplaySize stretched = DisplaySize.of(width, height, format.pixelAspect());
        if (stretched.width() - width <= width * SQUARE_ENOUGH
                && stretched.height() - height <= height * SQUARE_ENOUGH) {
            DisplaySize own = new DisplaySize(width, height);
            return takes(own) ? own : fitted(own);
        }
        if (takes(stretched)) {
            return stretched;
        }
        DisplaySize smaller = DisplaySize.within(width, height, format.pixelAspect());
        return takes(smaller) ? smaller : fitted(stretched);
    }

    /** The same made as much smaller as it takes; sizes that no encoder takes for another reason stay. */
    private static DisplaySize fitted(DisplaySize size) {
        for (double scale = 1; scale > LEAST_SCALE; scale *= FINER) {
            DisplaySize smaller =
                    new DisplaySize((int) (size.width() * scale) & ~1, (int) (size.height() * scale) & ~1);
            if (takes(smaller)) {
                return smaller;
            }
        }
        return size;
    }

    /** Of a side that is odd the last row is left out; one that is stretched anyway may as well become longer. */
    private static int even(int shown, int stored) {
        return (shown <= stored ? shown : shown + 1) & ~1;
    }

    private static boolean takes(DisplaySize size) {
        return EncoderSettings.takes(size.width() + 1 & ~1, size.height() + 1 & ~1);
    }

    /** Whether pictures of this format have to be encoded to be shown in this shape. */
    static boolean isNeeded(H264Format format) {
        PictureShape shape = of(format);
        return format.mirrored() || shape.width != (format.width() & ~1) || shape.height != (format.height() & ~1);
    }
}
