package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/**
 * A decoded picture in Java's memory: nothing native is behind it, so it may be kept and shared, and is not closed.
 * It knows what its samples mean; where nobody says, what players assume.
 */
public final class RawPicture {
    /** Bytes that a row of samples starts at a multiple of: what the scaler's vector instructions want. */
    private static final int ROW_ALIGNMENT = 64;
    /** Larger pictures are high definition, which is BT.709 unless told otherwise. */
    private static final int SD_WIDTH = 1279;

    private static final int SD_HEIGHT = 576;

    private final byte[] samples;
    private final int pixelFormat;
    private final int width;
    private final int height;
    private final int matrix;
    private final boolean fullRange;
    private final AspectRatio pixelAspect;

    private RawPicture(AVFrame frame, Colour described, byte[] samples) {
        this.samples = samples;
        this.pixelFormat = frame.format();
        this.width = frame.width();
        this.height = frame.height();
        this.matrix = matrix(frame, described);
        this.fullRange = isFullRange(frame, described);
        this.pixelAspect = AspectRatio.of(
                frame.sample_aspect_ratio().num(), frame.sample_aspect_ratio().den());
    }

    /**
     * A copy of the picture that the decoder just gave, or of a part of it; may be called once a picture.
     *
     * @param area      the part
     * @param described what the container says of the colour: it holds where the stream itself says nothing
     */
    public static RawPicture copyOf(VideoDecoder decoder, PictureArea area, Colour described) throws FfmpegException {
        AVFrame frame = decoder.frame();
        if (!area.isAllOf(frame)) {
            area.applyTo(frame);
        }
        int size = FfmpegException.check(
                "A picture has no size",
                avutil.av_image_get_buffer_size(frame.format(), frame.width(), frame.height(), ROW_ALIGNMENT));
        Pointer memory = avutil.av_malloc(size);
        if (memory == null) {
            throw new FfmpegException("No memory for a picture of " + size + " bytes");
        }
        try {
            BytePointer copy = new BytePointer(memory).capacity(size);
            FfmpegException.check(
                    "A picture cannot be copied",
                    avutil.av_image_copy_to_buffer(
                            copy,
                            size,
                            frame.data(),
                            frame.linesize(),
                            frame.format(),
                            frame.width(),
                            frame.height(),
                            ROW_ALIGNMENT));
            byte[] samples = new byte[size];
            copy.get(samples, 0, size);
            return new RawPicture(frame, described, samples);
        } finally {
            avutil.av_free(memory);
        }
    }

    /** The coefficients by which the frame's samples were made, as H.273 numbers them; never unspecified. */
    static int matrix(AVFrame frame, Colour described) {
        return isKnown(frame.colorspace())
                ? frame.colorspace()
                : isKnown(described.matrix()) ? described.matrix() : matrix(frame.width(), frame.height());
    }

    /** The coefficients that players assume for a size. */
    static int matrix(int width, int height) {
        return width > SD_WIDTH || height > SD_HEIGHT ? avutil.AVCOL_SPC_BT709 : avutil.AVCOL_SPC_SMPTE170M;
    }

    static boolean isFullRange(AVFrame frame, Colour described) {
        return frame.color_range() == avutil.AVCOL_RANGE_JPEG
                || frame.color_range() == avutil.AVCOL_RANGE_UNSPECIFIED && described.fullRange();
    }

    /** Whether the coefficients behind the code point are ones that samples can be converted by (H.273 table 4). */
    private static boolean isKnown(int matrix) {
        return switch (matrix) {
            case avutil.AVCOL_SPC_BT709,
                    avutil.AVCOL_SPC_FCC,
                    avutil.AVCOL_SPC_BT470BG,
                    avutil.AVCOL_SPC_SMPTE170M,
                    avutil.AVCOL_SPC_SMPTE240M,
                    avutil.AVCOL_SPC_BT2020_NCL,
                    avutil.AVCOL_SPC_BT2020_CL -> true;
            default -> false;
        };
    }

    /** In pixels, which need not be square. */
    public int width() {
        return width;
    }

    /** Likewise. */
    public int height() {
        return height;
    }

    /** Width of a pixel to its height, as the stream itself says. */
    public AspectRatio pixelAspect() {
        return pixelAspect;
    }

    /** What it takes of Java's memory, in bytes. */
    public int size() {
        return samples.length;
    }

    /** Native memory that holds the samples where {@code frame} then finds them. @return to be freed after its use */
    Pointer copyTo(AVFrame frame) throws FfmpegException {
        Pointer memory = avutil.av_malloc(samples.length);
        if (memory == null) {
            throw new FfmpegException("No memory for a picture of " + samples.length + " bytes");
        }
        BytePointer copy = new BytePointer(memory).capacity(samples.length).put(samples, 0, samples.length);
        frame.format(pixelFormat).width(width).height(height);
        frame.colorspace(matrix);
        frame.color_range(fullRange ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
        avutil.av_image_fill_arrays(frame.data(), frame.linesize(), copy, pixelFormat, width, height, ROW_ALIGNMENT);
        return memory;
    }
}
