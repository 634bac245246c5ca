package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Draws pictures of any size and kind into places of others, which are 4:2:0 with 8 bits, cropped, scaled and turned.
 * For one thread at a time.
 */
public final class PictureScaler implements AutoCloseable {
    private static final int PLANES = 3;

    private final SwsContext scaler;

    private PictureScaler(SwsContext scaler) {
        this.scaler = scaler;
    }

    public static PictureScaler open() throws FfmpegException {
        Ffmpeg.require();
        SwsContext scaler = swscale.sws_alloc_context();
        if (scaler == null) {
            throw new FfmpegException("No memory to scale pictures");
        }
        return new PictureScaler(scaler);
    }

    /**
     * Whether {@code area} of the picture is, as it is, one of that size in 4:2:0 and 8 bits: then there is nothing to
     * draw.
     */
    public static boolean isAsWanted(Picture picture, PictureArea area, int width, int height) {
        AVFrame frame = picture.frame();
        return area.isAllOf(frame)
                && frame.width() == width
                && frame.height() == height
                && (frame.format() == avutil.AV_PIX_FMT_YUV420P || frame.format() == avutil.AV_PIX_FMT_YUVJ420P);
    }

    /** A black picture whose samples mean what those of {@code source} mean, with its time. */
    public static Picture canvas(Picture source, int width, int height) throws FfmpegException {
        AVFrame frame = source.frame();
        Picture canvas = Picture.like(frame, width, height);
        if (frame.format() == avutil.AV_PIX_FMT_YUVJ420P) {
            canvas.frame().color_range(avutil.AVCOL_RANGE_JPEG);
        }
        canvas.blacken();
        return canvas;
    }

    /**
     * Draws a part of a picture.
     *
     * @param rotation degrees clockwise by which it is turned: 0, 90, 180 or 270
     */
    public void draw(Picture picture, PictureArea area, int rotation, Picture canvas, PicturePlace place)
            throws FfmpegException {
        if (rotation == 0) {
            draw(picture, area, canvas, place);
            return;
        }
        boolean upright = rotation % 180 == 0;
        int width = upright ? place.width() : place.height();
        int height = upright ? place.height() : place.width();
        try (Picture lying = Picture.like(canvas.frame(), width, height)) {
            draw(picture, area, lying, new PicturePlace(0, 0, width, height));
            for (int plane = 0; plane < PLANES; plane++) {
                QuarterTurn.turnPlane(lying.frame(), canvas.frame(), plane, place, rotation);
            }
        }
    }

    private void draw(Picture picture, PictureArea area, Picture canvas, PicturePlace place) throws FfmpegException {
        try (Picture source = picture.share()) {
            AVFrame from = source.frame();
            area.applyTo(from);
            // fields would be scaled apart from each other, or refused
            from.flags(from.flags() & ~AVFrame.AV_FRAME_FLAG_INTERLACED);
            AVFrame cell = cell(canvas.frame(), place);
            try {
                boolean smaller = place.width() * 2 <= from.width() && place.height() * 2 <= from.height();
                scaler.flags(smaller ? swscale.SWS_AREA : swscale.SWS_BILINEAR);
                FfmpegException.check("The picture cannot be scaled", swscale.sws_scale_frame(scaler, cell, from));
            } finally {
                avutil.av_frame_free(cell);
            }
        }
    }

    /** A frame whose samples are those of the place. */
    private static AVFrame cell(AVFrame canvas, PicturePlace place) {
        AVFrame cell = avutil.av_frame_alloc();
        cell.format(canvas.format()).width(place.width()).height(place.height());
        cell.color_range(canvas.color_range());
        cell.colorspace(canvas.colorspace());
        cell.color_primaries(canvas.color_primaries());
        cell.color_trc(canvas.color_trc());
        for (int plane = 0; plane < PLANES; plane++) {
            cell.data(plane, place.in(canvas, plane));
            cell.linesize(plane, canvas.linesize(plane));
        }
        cell.buf(0, avutil.av_buffer_ref(canvas.buf(0)));
        return cell;
    }

    @Override
    public void close() {
        swscale.sws_free_context(scaler);
    }
}
