package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Pictures in, H.264 without B-frames out, one access unit for each picture at once (OpenH264: high profile, constant
 * quality). The size is that of the first picture. For one thread at a time.
 */
public final class H264Encoder implements AutoCloseable {
    /** OpenH264 makes key frames where it is told to, and where the picture changes altogether. */
    private static final int NO_REGULAR_KEY_FRAMES = 100_000;
    /** No limit in earnest: quality is constant. */
    private static final long BITRATE = 100_000_000;
    /** Largest picture that OpenH264 takes, in macroblocks: level 5.2. */
    private static final long MAX_MACROBLOCKS = 36_864;

    private final AVCodecContext context;
    private final AVPacket packet;
    private final int sourceWidth;
    private final int sourceHeight;
    private final PictureArea area;
    private AVFrame converted;
    private SwsContext scaler;

    private H264Encoder(AVCodecContext context, AVPacket packet, AVFrame like, PictureArea area) {
        this.context = context;
        this.packet = packet;
        this.sourceWidth = like.width();
        this.sourceHeight = like.height();
        this.area = area;
    }

    /** Whether a picture of this size can be encoded. */
    public static boolean takes(int width, int height) {
        return width >= 16 && height >= 16 && width % 2 == 0 && height % 2 == 0
                && ((width + 15) / 16) * (long) ((height + 15) / 16) <= MAX_MACROBLOCKS;
    }

    /**
     * An encoder for pictures like the one that {@code decoder} just gave, scaled.
     *
     * @param area            of the picture that is encoded
     * @param width           of what is encoded, even, as the height
     * @param quantizer       0 (best) to 51
     * @param framesPerSecond about, for the level only
     */
    public static H264Encoder open(H264Decoder decoder, PictureArea area, int width, int height, int quantizer,
            int framesPerSecond, int threads) throws FfmpegException {
        return open(decoder.frame(), area, width, height, quantizer, framesPerSecond, threads);
    }

    /** The same for all of the picture. */
    public static H264Encoder open(H264Decoder decoder, int width, int height, int quantizer, int framesPerSecond,
            int threads) throws FfmpegException {
        return open(decoder.frame(), width, height, quantizer, framesPerSecond, threads);
    }

    /** The same for pictures like {@code like}, wherever they come from. */
    static H264Encoder open(AVFrame like, int width, int height, int quantizer, int framesPerSecond, int threads)
            throws FfmpegException {
        return open(like, PictureArea.all(like.width(), like.height()), width, height, quantizer, framesPerSecond,
                threads);
    }

    private static H264Encoder open(AVFrame like, PictureArea area, int width, int height, int quantizer,
            int framesPerSecond, int threads) throws FfmpegException {
        if (!takes(width, height)) {
            throw new FfmpegException("The encoder takes no pictures of " + width + "x" + height);
        }
        AVCodec codec = Ffmpeg.encoder("libopenh264");
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        boolean done = false;
        try {
            context.width(width);
            context.height(height);
            context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
            context.time_base(rational(1, 1_000_000));
            context.framerate(rational(framesPerSecond, 1));
            context.color_range(like.color_range());
            context.color_primaries(like.color_primaries());
            context.color_trc(like.color_trc());
            context.colorspace(like.colorspace());
            context.gop_size(NO_REGULAR_KEY_FRAMES);
            context.bit_rate(BITRATE);
            context.qmin(quantizer);
            context.qmax(quantizer);
            context.thread_count(threads);
            context.slices(threads);
            avutil.av_opt_set(context.priv_data(), "rc_mode", "quality", 0);
            avutil.av_opt_set(context.priv_data(), "profile", "high", 0);
            avutil.av_opt_set(context.priv_data(), "coder", "cabac", 0);
            avutil.av_opt_set(context.priv_data(), "allow_skip_frames", "0", 0);
            FfmpegException.check("The H.264 encoder does not start",
                    avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
            H264Encoder encoder = new H264Encoder(context, avcodec.av_packet_alloc(), like, area);
            done = true;
            return encoder;
        } finally {
            if (!done) {
                avcodec.avcodec_free_context(context);
            }
        }
    }

    private static AVRational rational(int numerator, int denominator) {
        return avutil.av_make_q(numerator, denominator);
    }

    /** Whether the decoder's picture has the size for which this encoder was opened. */
    public boolean fits(H264Decoder decoder) {
        return decoder.width() == sourceWidth && decoder.height() == sourceHeight;
    }

    /**
     * Encodes the decoder's picture.
     *
     * @param key whether decoding must be able to start with it
     * @return NAL units with start codes (ITU-T H.264, annex B), parameter sets before each key frame
     */
    public byte[] encode(H264Decoder decoder, boolean key) throws FfmpegException {
        return encode(decoder.frame(), key);
    }

    /** The same with any picture that has the size for which this encoder was opened. */
    byte[] encode(AVFrame picture, boolean key) throws FfmpegException {
        AVFrame frame = picture;
        long pts = frame.pts();
        if (!area.isAllOf(frame) || isScaled() || frame.format() != avutil.AV_PIX_FMT_YUV420P
                && frame.format() != avutil.AV_PIX_FMT_YUVJ420P) {
            frame = convert(frame);
        }
        frame.pts(pts);
        frame.pict_type(key ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
        FfmpegException.check("The H.264 encoder failed", avcodec.avcodec_send_frame(context, frame));
        FfmpegException.check("The H.264 encoder gave no picture", avcodec.avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes, 0, bytes.length);
        avcodec.av_packet_unref(packet);
        return bytes;
    }

    private boolean isScaled() {
        return context.width() != area.width() || context.height() != area.height();
    }

    /** Makes 8 bits and 4:2:0 of whatever it is, of the area, in the encoder's size. */
    private AVFrame convert(AVFrame frame) throws FfmpegException {
        if (scaler == null) {
            scaler = swscale.sws_alloc_context();
            if (isScaled()) {
                boolean smaller = context.width() <= area.width() && context.height() <= area.height();
                scaler.flags(smaller ? swscale.SWS_AREA : swscale.SWS_BICUBIC);
            }
            converted = avutil.av_frame_alloc();
        }
        area.applyTo(frame);
        // it would be refused: what comes out is not interlaced
        frame.flags(frame.flags() & ~AVFrame.AV_FRAME_FLAG_INTERLACED);
        avutil.av_frame_unref(converted);
        converted.format(avutil.AV_PIX_FMT_YUV420P);
        converted.width(context.width());
        converted.height(context.height());
        converted.color_range(frame.color_range());
        converted.colorspace(frame.colorspace());
        FfmpegException.check("The pictures cannot be converted", swscale.sws_scale_frame(scaler, converted, frame));
        return converted;
    }

    @Override
    public void close() {
        if (scaler != null) {
            swscale.sws_free_context(scaler);
            avutil.av_frame_free(converted);
        }
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
