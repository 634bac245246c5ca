package org.reelcast.codec.ffmpeg;

import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * The pictures of a decoder in, H.264 without B-frames out, one access unit for each picture at once: they are cut and
 * scaled to the encoder's size. The size is that of the first picture. For one thread at a time.
 */
public final class H264Encoder implements AutoCloseable {
    private final VideoEncoder encoder;
    private final EncoderSettings settings;
    private final int sourceWidth;
    private final int sourceHeight;
    private final PictureArea area;
    private AVFrame converted;
    private SwsContext scaler;

    private H264Encoder(VideoEncoder encoder, EncoderSettings settings, AVFrame like, PictureArea area) {
        this.encoder = encoder;
        this.settings = settings;
        this.sourceWidth = like.width();
        this.sourceHeight = like.height();
        this.area = area;
    }

    /**
     * An encoder for pictures like the one that {@code decoder} just gave, scaled.
     *
     * @param area     of the picture that is encoded
     * @param settings what is encoded; its colour is the picture's
     */
    public static H264Encoder open(
            VideoEncoder.Kind kind, VideoDecoder decoder, PictureArea area, EncoderSettings settings)
            throws IOException {
        AVFrame like = decoder.frame();
        return new H264Encoder(kind.open(settings.withColourOf(like)), settings, like, area);
    }

    /** The same for all of the picture, in its size. */
    public static H264Encoder open(VideoEncoder.Kind kind, VideoDecoder decoder, int quantizer, int framesPerSecond)
            throws IOException {
        return open(
                kind,
                decoder,
                PictureArea.all(decoder.width(), decoder.height()),
                EncoderSettings.quality(decoder.width(), decoder.height(), framesPerSecond, quantizer));
    }

    /** Whether the decoder's picture has the size for which this encoder was opened. */
    public boolean fits(VideoDecoder decoder) {
        return decoder.width() == sourceWidth && decoder.height() == sourceHeight;
    }

    /**
     * Encodes the decoder's picture.
     *
     * @param key whether decoding must be able to start with it
     * @return NAL units with start codes (ITU-T H.264, annex B), parameter sets before each key frame
     */
    public byte[] encode(VideoDecoder decoder, boolean key) throws IOException {
        AVFrame frame = decoder.frame();
        long pts = frame.pts();
        if (!area.isAllOf(frame)
                || isScaled()
                || frame.format() != avutil.AV_PIX_FMT_YUV420P && frame.format() != avutil.AV_PIX_FMT_YUVJ420P) {
            frame = convert(frame);
        }
        frame.pts(pts);
        return encoder.encode(frame, key);
    }

    private boolean isScaled() {
        return settings.width() != area.width() || settings.height() != area.height();
    }

    /** Makes 8 bits and 4:2:0 of whatever it is, of the area, in the encoder's size. */
    private AVFrame convert(AVFrame frame) throws FfmpegException {
        if (scaler == null) {
            scaler = swscale.sws_alloc_context();
            if (isScaled()) {
                boolean smaller = settings.width() <= area.width() && settings.height() <= area.height();
                scaler.flags(smaller ? swscale.SWS_AREA : swscale.SWS_BICUBIC);
            }
            converted = avutil.av_frame_alloc();
        }
        area.applyTo(frame);
        // it would be refused: what comes out is not interlaced
        frame.flags(frame.flags() & ~AVFrame.AV_FRAME_FLAG_INTERLACED);
        avutil.av_frame_unref(converted);
        converted.format(avutil.AV_PIX_FMT_YUV420P);
        converted.width(settings.width());
        converted.height(settings.height());
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
        encoder.close();
    }
}
