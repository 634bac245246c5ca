package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;
import org.reelcast.media.Colour;

/** One of FFmpeg's encoders at work. */
final class FfmpegVideoEncoder implements VideoEncoder {
    /** Key frames come where they are asked for. */
    private static final int NO_REGULAR_KEY_FRAMES = 100_000;

    /** What sets one encoder apart from the others. */
    interface Codec {
        /** FFmpeg's name of it. */
        String codec();

        /** Sets what is this encoder's own; once more when the bitrate changes, where that is obeyed. */
        void setUp(AVCodecContext context, EncoderSettings settings);

        /** Whether pictures have to be copied to the device first. */
        boolean takesMemoryOfDevice();

        /** Whether an encoder at work obeys a changed {@code bit_rate}. */
        boolean changesBitrate();
    }

    private final Codec kind;
    private final AVPacket packet = avcodec.av_packet_alloc();
    private EncoderSettings settings;
    private AVCodecContext context;
    /** Where pictures are to be on the device. */
    private DevicePictures device;

    private int wantedBitrate;
    private int picturesSinceWanted;

    private FfmpegVideoEncoder(Codec kind, EncoderSettings settings) {
        this.kind = kind;
        this.settings = settings;
        this.wantedBitrate = settings.bitrate();
    }

    static FfmpegVideoEncoder open(Codec kind, EncoderSettings settings) throws FfmpegException {
        AVCodec codec = Ffmpeg.encoder(kind.codec());
        FfmpegVideoEncoder encoder = new FfmpegVideoEncoder(kind, settings);
        boolean done = false;
        try {
            encoder.start(codec);
            done = true;
            return encoder;
        } finally {
            if (!done) {
                encoder.close();
            }
        }
    }

    private void start(AVCodec codec) throws FfmpegException {
        context = avcodec.avcodec_alloc_context3(codec);
        context.width(settings.width()).height(settings.height());
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        try (AVRational unit = avutil.av_make_q(1, 1_000_000);
                AVRational rate = avutil.av_make_q(settings.framesPerSecond(), 1)) {
            context.time_base(unit).framerate(rate);
        }
        Colour colour = settings.colour();
        context.color_range(colour.fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_UNSPECIFIED);
        context.color_primaries(colour.primaries()).color_trc(colour.transfer()).colorspace(colour.matrix());
        context.gop_size(NO_REGULAR_KEY_FRAMES).max_b_frames(0);
        context.thread_count(settings.threads());
        avutil.av_opt_set(context.priv_data(), "profile", "high", 0);
        kind.setUp(context, settings);
        if (kind.takesMemoryOfDevice()) {
            device = DevicePictures.open(settings.width(), settings.height());
            device.applyTo(context);
        }
        FfmpegException.check(
                "The H.264 encoder " + kind.codec() + " does not start",
                avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
    }

    @Override
    public byte[] encode(AVFrame picture, boolean key) throws FfmpegException {
        boolean renewed = settings.bitrate() != wantedBitrate && changeBitrate(key);
        AVFrame frame = device == null ? picture : device.copyOf(picture);
        frame.pict_type(key || renewed ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
        FfmpegException.check("The H.264 encoder failed", avcodec.avcodec_send_frame(context, frame));
        FfmpegException.check("The H.264 encoder gave no picture", avcodec.avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes, 0, bytes.length);
        avcodec.av_packet_unref(packet);
        return bytes;
    }

    @Override
    public void bitrate(int bitsPerSecond) {
        wantedBitrate = bitsPerSecond;
        picturesSinceWanted = 0;
    }

    /** @return whether the next picture is another encoder's first */
    private boolean changeBitrate(boolean key) throws FfmpegException {
        if (kind.changesBitrate()) {
            settings = settings.withBitrate(wantedBitrate);
            kind.setUp(context, settings);
            return false;
        }
        picturesSinceWanted++;
        if (!key && picturesSinceWanted < settings.framesPerSecond()) {
            return false;
        }
        settings = settings.withBitrate(wantedBitrate);
        stop();
        start(Ffmpeg.encoder(kind.codec()));
        return true;
    }

    private void stop() {
        avcodec.avcodec_free_context(context);
        if (device != null) {
            device.close();
            device = null;
        }
    }

    @Override
    public void close() {
        stop();
        avcodec.av_packet_free(packet);
    }
}
