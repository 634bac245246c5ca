package org.reelcast.process.transcoder;

import java.util.Optional;
import org.reelcast.codec.ffmpeg.EncoderSettings;
import org.reelcast.codec.ffmpeg.PictureArea;
import org.reelcast.codec.ffmpeg.PicturePlace;
import org.reelcast.media.DisplaySize;
import org.reelcast.media.H264Format;

/**
 * How a source's pictures go into those that are encoded: upright, in square pixels, and in proportion.
 *
 * @param area     of the source's picture
 * @param rotation degrees clockwise by which it is turned
 * @param width    of what is encoded
 * @param height   likewise
 * @param place    where in it the picture is; the rest is black
 */
record PictureFit(PictureArea area, int rotation, int width, int height, PicturePlace place) {
    /** Bars as small as this are left out: the picture is stretched by them. */
    private static final int BAR = 2;

    private static final int LEAST_SIDE = 16;

    /**
     * For pictures of that format: of one side that is wished the other follows; of both, the picture is as large as it
     * can be within them; without, it stays as large as it is.
     *
     * @return empty when the encoder takes no pictures of the size that follows
     */
    static Optional<PictureFit> of(RequestedEncoding wish, H264Format format) {
        PictureArea area = PictureArea.of(format);
        int rotation = area.rotation(format);
        DisplaySize shown = upright(DisplaySize.of(area.width(), area.height(), format.pixelAspect()), rotation);
        if (wish.width() == 0 && wish.height() == 0 && !takes(shown)) {
            shown = upright(DisplaySize.within(area.width(), area.height(), format.pixelAspect()), rotation);
        }
        int width = wish.width();
        int height = wish.height();
        if (width == 0 && height == 0) {
            width = shown.width() & ~1;
            height = shown.height() & ~1;
        } else if (width == 0) {
            width = even((double) height * shown.width() / shown.height());
        } else if (height == 0) {
            height = even((double) width * shown.height() / shown.width());
        }
        return EncoderSettings.takes(width, height)
                ? Optional.of(new PictureFit(area, rotation, width, height, place(shown, width, height)))
                : Optional.empty();
    }

    private static DisplaySize upright(DisplaySize lying, int rotation) {
        return rotation % 180 == 0 ? lying : new DisplaySize(lying.height(), lying.width());
    }

    private static boolean takes(DisplaySize size) {
        return EncoderSettings.takes(size.width() & ~1, size.height() & ~1);
    }

    private static int even(double pixels) {
        return (int) Math.max(LEAST_SIDE, Math.min(Integer.MAX_VALUE / 2, Math.round(pixels / 2)) * 2);
    }

    private static PicturePlace place(DisplaySize shown, int width, int height) {
        double scale = Math.min((double) width / shown.width(), (double) height / shown.height());
        int fitWidth = within(shown.width() * scale, width);
        int fitHeight = within(shown.height() * scale, height);
        return new PicturePlace((width - fitWidth) / 2 & ~1, (height - fitHeight) / 2 & ~1, fitWidth, fitHeight);
    }

    private static int within(double pixels, int side) {
        int fit = Math.max(2, (int) Math.round(pixels / 2) * 2);
        return fit + BAR >= side ? side : fit;
    }

    /** Whether the picture fills what is encoded. */
    boolean fills() {
        return place.width() == width && place.height() == height;
    }
}
