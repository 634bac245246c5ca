package org.reelcast.live.images;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.loop.AnyThread;

/**
 * An image that is blended into pictures: at the top left, pixel by pixel; one that is larger than the picture is made
 * smaller, in proportion.
 */
@AnyThread
public final class Watermark {
    private final String name;
    private final BufferedImage image;
    private Overlay overlay;
    private int width;
    private int height;

    public Watermark(String name, BufferedImage image) {
        this.name = name;
        this.image = image;
    }

    /** The file's name. */
    public String name() {
        return name;
    }

    public void blend(Picture picture) throws FfmpegException {
        blend(picture, 0, 0, picture.width(), picture.height());
    }

    /** The same at the top left of a part of a picture, no larger than that. @param x even, as the next */
    public void blend(Picture picture, int x, int y, int partWidth, int partHeight) throws FfmpegException {
        overlay(partWidth, partHeight).blend(picture, x, y);
    }

    private synchronized Overlay overlay(int pictureWidth, int pictureHeight) {
        double scale = Math.min(
                1, Math.min((double) pictureWidth / image.getWidth(), (double) pictureHeight / image.getHeight()));
        int fitWidth = (int) Math.max(1, Math.round(image.getWidth() * scale));
        int fitHeight = (int) Math.max(1, Math.round(image.getHeight() * scale));
        if (overlay == null || fitWidth != width || fitHeight != height) {
            width = fitWidth;
            height = fitHeight;
            overlay = Overlay.of(pixels(fitWidth, fitHeight), fitWidth, fitHeight);
        }
        return overlay;
    }

    private int[] pixels(int fitWidth, int fitHeight) {
        BufferedImage fit = new BufferedImage(fitWidth, fitHeight, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = fit.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, fitWidth, fitHeight, null);
        graphics.dispose();
        return fit.getRGB(0, 0, fitWidth, fitHeight, null, 0, fitWidth);
    }
}
