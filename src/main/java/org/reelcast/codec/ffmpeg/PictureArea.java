package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.H264Format;

/**
 * The part of a decoded picture that is encoded.
 *
 * @param left       pixels that are left out at the left
 * @param top        rows that are left out above
 * @param upsideDown whether the rows are taken from the bottom up
 */
public record PictureArea(int left, int top, int width, int height, boolean upsideDown) {
    private static final int MOST_PLANES = 4;

    private static final int HALF_TURN = 180;

    /**
     * The part of pictures of this format that is to be shown. A mirror at the side is one below, and half a turn: see
     * {@link #rotation}.
     */
    public static PictureArea of(H264Format format) {
        CleanAperture shown = format.aperture()
                .filter(aperture -> aperture.left() + aperture.width() <= format.width()
                        && aperture.top() + aperture.height() <= format.height())
                .orElse(new CleanAperture(0, 0, format.width(), format.height()));
        return new PictureArea(shown.left(), shown.top(), shown.width(), shown.height(), format.mirrored());
    }

    /** Degrees clockwise by which this part of the format's pictures is turned for display: 0, 90, 180 or 270. */
    public int rotation(H264Format format) {
        return upsideDown ? (format.rotation() + HALF_TURN) % 360 : format.rotation();
    }

    /** All of a picture. */
    public static PictureArea all(int width, int height) {
        return new PictureArea(0, 0, width, height, false);
    }

    boolean isAllOf(AVFrame frame) {
        return !upsideDown && frame.width() == width && frame.height() == height;
    }

    /** Makes {@code frame} this part of itself. */
    void applyTo(AVFrame frame) throws FfmpegException {
        frame.crop_left(left)
                .crop_top(top)
                .crop_right(Math.max(0, frame.width() - left - width))
                .crop_bottom(Math.max(0, frame.height() - top - height));
        FfmpegException.check(
                "The pictures cannot be cropped",
                avutil.av_frame_apply_cropping(frame, avutil.AV_FRAME_CROP_UNALIGNED));
        if (upsideDown) {
            int chromaShift = avutil.av_pix_fmt_desc_get(frame.format()).log2_chroma_h();
            for (int plane = 0; plane < MOST_PLANES && frame.data(plane) != null; plane++) {
                turnOver(frame, plane, plane == 1 || plane == 2 ? -(-frame.height() >> chromaShift) : frame.height());
            }
        }
    }

    private static void turnOver(AVFrame frame, int plane, int rows) {
        int stride = frame.linesize(plane);
        BytePointer first = frame.data(plane);
        frame.data(plane, first.getPointer((long) stride * (rows - 1)));
        frame.linesize(plane, -stride);
    }
}
