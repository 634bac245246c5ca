package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.reelcast.loop.AnyThread;

/** Makes still images of decoded pictures, in the size and the position in which they are to be seen. */
@AnyThread
public enum ImageEncoder {
    /** ISO/IEC 15948: 8 bits of red, green and blue, compressed for speed rather than size. */
    PNG("png", avutil.AV_PIX_FMT_RGB24, avutil.AVCOL_SPC_RGB) {
        @Override
        void set(AVCodecContext context, AVFrame image) {
            context.compression_level(1);
            // a quarter less time than Paeth, and smaller images than with the other filters
            avutil.av_opt_set(context.priv_data(), "pred", "up", 0);
        }
    },
    /** JFIF (ITU-T T.871): full range, BT.601; chroma as large as luma, as it may be odd in size. */
    JPEG("mjpeg", avutil.AV_PIX_FMT_YUV444P, avutil.AVCOL_SPC_BT470BG) {
        @Override
        void set(AVCodecContext context, AVFrame image) {
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT);
            context.global_quality(QUANTIZER * avutil.FF_QP2LAMBDA);
            image.quality(QUANTIZER * avutil.FF_QP2LAMBDA);
        }
    };

    /** FFmpeg's scale for JPEG, 1 (best) to 31; coding artefacts are hardly to be seen. */
    private static final int QUANTIZER = 3;

    private final String codec;
    private final int pixelFormat;
    private final int matrix;

    ImageEncoder(String codec, int pixelFormat, int matrix) {
        this.codec = codec;
        this.pixelFormat = pixelFormat;
        this.matrix = matrix;
    }

    /** @param image what will be encoded */
    abstract void set(AVCodecContext context, AVFrame image);

    /**
     * Encodes a picture.
     *
     * @param width    of the image
     * @param height   likewise
     * @param rotation degrees clockwise that the picture is turned by: 0, 90, 180 or 270
     */
    public byte[] encode(RawPicture picture, int width, int height, int rotation) throws FfmpegException {
        Ffmpeg.require();
        boolean upright = rotation % 180 == 0;
        AVFrame rgb = PNG.frame(upright ? width : height, upright ? height : width);
        try {
            fill(rgb, picture);
            return rotation == 0 ? encode(rgb) : encodeTurned(rgb, width, height, rotation);
        } finally {
            avutil.av_frame_free(rgb);
        }
    }

    private static void fill(AVFrame rgb, RawPicture picture) throws FfmpegException {
        AVFrame decoded = avutil.av_frame_alloc();
        Pointer samples = null;
        try {
            samples = picture.copyTo(decoded);
            boolean smaller = rgb.width() < picture.width() || rgb.height() < picture.height();
            scale(decoded, rgb, smaller ? swscale.SWS_AREA : swscale.SWS_BICUBIC);
        } finally {
            avutil.av_frame_free(decoded);
            avutil.av_free(samples);
        }
    }

    private static void scale(AVFrame from, AVFrame to, int filter) throws FfmpegException {
        SwsContext scaler = swscale.sws_alloc_context();
        try {
            // chroma is interpolated, not repeated
            scaler.flags(filter | swscale.SWS_FULL_CHR_H_INT | swscale.SWS_FULL_CHR_H_INP | swscale.SWS_ACCURATE_RND);
            FfmpegException.check("A picture cannot be scaled", swscale.sws_scale_frame(scaler, to, from));
        } finally {
            swscale.sws_free_context(scaler);
        }
    }

    private byte[] encodeTurned(AVFrame rgb, int width, int height, int rotation) throws FfmpegException {
        AVFrame turned = PNG.frame(width, height);
        try {
            QuarterTurn.turn(rgb, turned, rotation);
            return encode(turned);
        } finally {
            avutil.av_frame_free(turned);
        }
    }

    private byte[] encode(AVFrame rgb) throws FfmpegException {
        if (rgb.format() == pixelFormat) {
            return compress(rgb);
        }
        AVFrame converted = frame(rgb.width(), rgb.height());
        try {
            scale(rgb, converted, swscale.SWS_AREA);
            return compress(converted);
        } finally {
            avutil.av_frame_free(converted);
        }
    }

    private AVFrame frame(int width, int height) throws FfmpegException {
        AVFrame frame = avutil.av_frame_alloc();
        frame.format(pixelFormat).width(width).height(height);
        frame.colorspace(matrix);
        frame.color_range(avutil.AVCOL_RANGE_JPEG);
        int code = avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw FfmpegException.of("No memory for an image of " + width + "x" + height, code);
        }
        return frame;
    }

    private byte[] compress(AVFrame image) throws FfmpegException {
        AVCodec encoder = Ffmpeg.encoder(codec);
        AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
        AVPacket packet = avcodec.av_packet_alloc();
        try {
            context.width(image.width())
                    .height(image.height())
                    .pix_fmt(pixelFormat)
                    .thread_count(1);
            context.color_range(image.color_range());
            context.time_base(avutil.av_make_q(1, 1));
            set(context, image);
            FfmpegException.check(
                    "The encoder of images does not start",
                    avcodec.avcodec_open2(context, encoder, (PointerPointer<?>) null));
            FfmpegException.check("An image cannot be encoded", avcodec.avcodec_send_frame(context, image));
            FfmpegException.check("The encoder gave no image", avcodec.avcodec_receive_packet(context, packet));
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes, 0, bytes.length);
            return bytes;
        } finally {
            avcodec.av_packet_free(packet);
            avcodec.avcodec_free_context(context);
        }
    }
}
