package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Sound at 48 kHz in, Opus packets of a fixed duration out (libopus). For one thread at a time. */
public final class OpusEncoder implements AutoCloseable {
    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private final int channels;
    private final int frameSamples;
    private final int lookahead;
    private FloatPointer samples;
    private long pts;

    private OpusEncoder(AVCodecContext context, AVFrame frame, AVPacket packet, int channels, int frameSamples) {
        this.context = context;
        this.frame = frame;
        this.packet = packet;
        this.channels = channels;
        this.frameSamples = frameSamples;
        this.lookahead = context.initial_padding();
        this.samples = new FloatPointer(frame.data(0)).capacity((long) frameSamples * channels);
    }

    /**
     * @param channels   1 or 2
     * @param bitrate    bits a second
     * @param frameMs    5, 10, 20, 40 or 60
     * @param complexity 0 (fast) to 10
     */
    public static OpusEncoder open(int channels, int bitrate, int frameMs, int complexity) throws FfmpegException {
        AVCodec codec = Ffmpeg.encoder("libopus");
        int frameSamples = frameMs * Resampler.RATE / 1000;
        AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
        AVFrame frame = avutil.av_frame_alloc();
        AVPacket packet = avcodec.av_packet_alloc();
        boolean done = false;
        try {
            context.sample_rate(Resampler.RATE);
            context.sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
            context.bit_rate(bitrate);
            context.compression_level(complexity);
            avutil.av_channel_layout_default(context.ch_layout(), channels);
            avutil.av_opt_set(context.priv_data(), "frame_duration", Integer.toString(frameMs), 0);
            avutil.av_opt_set(context.priv_data(), "application", "audio", 0);
            avutil.av_opt_set(context.priv_data(), "vbr", "constrained", 0);
            FfmpegException.check("The Opus encoder does not start",
                    avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
            frame.format(avutil.AV_SAMPLE_FMT_FLT);
            frame.sample_rate(Resampler.RATE);
            frame.nb_samples(frameSamples);
            avutil.av_channel_layout_default(frame.ch_layout(), channels);
            FfmpegException.check("No memory for the Opus encoder", avutil.av_frame_get_buffer(frame, 0));
            OpusEncoder encoder = new OpusEncoder(context, frame, packet, channels, frameSamples);
            done = true;
            return encoder;
        } finally {
            if (!done) {
                avcodec.av_packet_free(packet);
                avutil.av_frame_free(frame);
                avcodec.avcodec_free_context(context);
            }
        }
    }

    /**
     * Encodes one packet's worth of sound.
     *
     * @param interleaved {@link #frameSamples()} samples a channel from the start of the array
     */
    public byte[] encode(float[] interleaved) throws FfmpegException {
        if (avutil.av_frame_is_writable(frame) == 0) {
            FfmpegException.check("No memory for the Opus encoder", avutil.av_frame_make_writable(frame));
            samples = new FloatPointer(frame.data(0)).capacity((long) frameSamples * channels);
        }
        samples.put(interleaved, 0, frameSamples * channels);
        frame.pts(pts);
        pts += frameSamples;
        FfmpegException.check("The Opus encoder failed", avcodec.avcodec_send_frame(context, frame));
        FfmpegException.check("The Opus encoder gave no packet", avcodec.avcodec_receive_packet(context, packet));
        byte[] bytes = new byte[packet.size()];
        BytePointer data = packet.data();
        data.get(bytes, 0, bytes.length);
        avcodec.av_packet_unref(packet);
        return bytes;
    }

    /** Samples a channel in one packet. */
    public int frameSamples() {
        return frameSamples;
    }

    /** By how many samples what a decoder gives out lags behind what went in here (RFC 7845 section 4.2, pre-skip). */
    public int lookahead() {
        return lookahead;
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(frame);
        avcodec.avcodec_free_context(context);
    }
}
