package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Sound at 48 kHz in, AAC-LC without ADTS headers out. For one thread at a time. */
public final class AacEncoder implements AutoCloseable {
    /** Samples a channel in one access unit. */
    public static final int FRAME_SAMPLES = 1024;

    private static final String FAILED = "The AAC encoder failed";
    private static final String NO_MEMORY = "No memory for the AAC encoder";

    private final AVCodecContext context;
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final int channels;
    private final float[] plane = new float[FRAME_SAMPLES];
    private long pts;

    private AacEncoder(AVCodecContext context, int channels) {
        this.context = context;
        this.channels = channels;
    }

    /**
     * @param channels 1 or 2
     * @param bitrate  bits a second
     */
    public static AacEncoder open(int channels, int bitrate) throws FfmpegException {
        AVCodec codec = Ffmpeg.encoder("aac");
        AacEncoder encoder = new AacEncoder(avcodec.avcodec_alloc_context3(codec), channels);
        try {
            encoder.start(codec, bitrate);
            return encoder;
        } catch (FfmpegException e) {
            encoder.close();
            throw e;
        }
    }

    private void start(AVCodec codec, int bitrate) throws FfmpegException {
        context.sample_rate(Resampler.RATE);
        context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
        avutil.av_channel_layout_default(context.ch_layout(), channels);
        context.bit_rate(bitrate);
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
        context.thread_count(1);
        // a third of the work of the default one, for a loss that nobody hears in speech
        avutil.av_opt_set(context.priv_data(), "aac_coder", "fast", 0);
        FfmpegException.check(
                "The AAC encoder does not start", avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
        frame.sample_rate(Resampler.RATE);
        frame.format(avutil.AV_SAMPLE_FMT_FLTP);
        frame.nb_samples(FRAME_SAMPLES);
        avutil.av_channel_layout_default(frame.ch_layout(), channels);
        FfmpegException.check(NO_MEMORY, avutil.av_frame_get_buffer(frame, 0));
    }

    /** AudioSpecificConfig (ISO 14496-3 section 1.6.2.1). */
    public byte[] config() {
        byte[] config = new byte[context.extradata_size()];
        context.extradata().get(config);
        return config;
    }

    /** Samples before the sound in what comes out. */
    public int priming() {
        return context.initial_padding();
    }

    /**
     * Encodes {@link #FRAME_SAMPLES} samples a channel.
     *
     * @param interleaved from its start
     * @return an access unit; null when the encoder keeps the first ones for itself
     */
    public byte[] encode(float[] interleaved) throws FfmpegException {
        if (avutil.av_frame_is_writable(frame) == 0) {
            FfmpegException.check(NO_MEMORY, avutil.av_frame_make_writable(frame));
        }
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < FRAME_SAMPLES; i++) {
                plane[i] = interleaved[i * channels + channel];
            }
            new FloatPointer(frame.data(channel)).capacity(FRAME_SAMPLES).put(plane, 0, FRAME_SAMPLES);
        }
        frame.pts(pts);
        pts += FRAME_SAMPLES;
        FfmpegException.check(FAILED, avcodec.avcodec_send_frame(context, frame));
        return receive();
    }

    /** There is nothing more to come: gives what was held back, one access unit a call, and null after the last. */
    public byte[] end() throws FfmpegException {
        avcodec.avcodec_send_frame(context, null);
        return receive();
    }

    private byte[] receive() throws FfmpegException {
        int code = avcodec.avcodec_receive_packet(context, packet);
        if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
            return null;
        }
        FfmpegException.check(FAILED, code);
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes, 0, bytes.length);
        avcodec.av_packet_unref(packet);
        return bytes;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }
}
