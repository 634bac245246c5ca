package org.reelcast.process.mixer.picture;

import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.PictureArea;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.DisplaySize;
import org.reelcast.media.H264Format;

/**
 * A picture of an input, and how it is to be seen. Closed by who has it.
 *
 * @param area     the part that is shown
 * @param rotation degrees clockwise by which it is turned: 0, 90, 180 or 270
 * @param aspect   width to height of what is shown, upright
 */
public record InputPicture(Picture picture, PictureArea area, int rotation, double aspect) implements AutoCloseable {

    /** As the format says, where that fits the picture; all of the picture otherwise. */
    public static InputPicture of(Picture picture, H264Format format) {
        PictureArea said = PictureArea.of(format);
        boolean fits = said.left() + said.width() <= picture.width()
                && said.top() + said.height() <= picture.height()
                && said.width() > 0
                && said.height() > 0;
        PictureArea area = fits ? said : PictureArea.all(picture.width(), picture.height());
        int rotation = said.rotation(format);
        AspectRatio pixel = format.pixelAspect();
        DisplaySize size = DisplaySize.of(area.width(), area.height(), pixel);
        double aspect = (double) size.width() / size.height();
        return new InputPicture(picture, area, rotation, rotation % 180 == 0 ? aspect : 1 / aspect);
    }

    /** The part in the middle that has the shape of a cell when it is seen. */
    PictureArea cropped(double cellAspect) {
        double shape = cellAspect / aspect;
        double narrower = rotation % 180 == 0 ? shape : 1 / shape;
        if (narrower < 1) {
            int width = Math.max(2, (int) Math.round(area.width() * narrower / 2) * 2);
            int left = (area.width() - width) / 4 * 2;
            return new PictureArea(
                    area.left() + left, area.top(), Math.min(width, area.width()), area.height(), area.upsideDown());
        }
        int height = Math.max(2, (int) Math.round(area.height() / narrower / 2) * 2);
        int top = (area.height() - height) / 4 * 2;
        return new PictureArea(
                area.left(), area.top() + top, area.width(), Math.min(height, area.height()), area.upsideDown());
    }

    @Override
    public void close() {
        picture.close();
    }
}
