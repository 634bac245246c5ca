package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** What colour a picture in 4:2:0 with limited range has at a place. */
public final class PicturePixels {
    private PicturePixels() {}

    /** 0xRRGGBB, by ITU-R BT.709 or BT.601. */
    public static int rgb(Picture picture, int x, int y) {
        AVFrame frame = picture.frame();
        boolean hd = frame.colorspace() == avutil.AVCOL_SPC_BT709;
        double kr = hd ? 0.2126 : 0.299;
        double kb = hd ? 0.0722 : 0.114;
        double luma = (sample(frame, 0, x, y) - 16) / 219.0;
        double blue = luma + 2 * (1 - kb) * (sample(frame, 1, x / 2, y / 2) - 128) / 224.0;
        double red = luma + 2 * (1 - kr) * (sample(frame, 2, x / 2, y / 2) - 128) / 224.0;
        double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
        return bits(red) << 16 | bits(green) << 8 | bits(blue);
    }

    private static int sample(AVFrame frame, int plane, int x, int y) {
        return frame.data(plane).get((long) y * frame.linesize(plane) + x) & 0xff;
    }

    private static int bits(double value) {
        return (int) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
