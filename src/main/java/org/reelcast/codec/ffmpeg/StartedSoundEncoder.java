package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/** One of FFmpeg's encoders of sound at work, at 48 kHz, with frames of one length. */
final class StartedSoundEncoder implements AutoCloseable {
    private final String name;
    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private long pts;

    private StartedSoundEncoder(String name, AVCodecContext context) {
        this.name = name;
        this.context = context;
        this.frame = avutil.av_frame_alloc();
        this.packet = avcodec.av_packet_alloc();
    }

    /**
     * @param name         of the codec for users, {@code AAC}
     * @param codec        FFmpeg's name of the encoder
     * @param frameSamples samples a channel in one frame
     * @param sampleFormat an AV_SAMPLE_FMT
     * @param options      what else is to be set
     */
    static StartedSoundEncoder start(String name, String codec, int channels, int frameSamples, int sampleFormat,
            StartedDecoder.Setup options) throws FfmpegException {
        AVCodec found = Ffmpeg.encoder(codec);
        StartedSoundEncoder encoder = new StartedSoundEncoder(name, avcodec.avcodec_alloc_context3(found));
        boolean done = false;
        try {
            encoder.start(found, channels, frameSamples, sampleFormat, options);
            done = true;
            return encoder;
        } finally {
            if (!done) {
                encoder.close();
            }
        }
    }

    private void start(AVCodec codec, int channels, int frameSamples, int sampleFormat, StartedDecoder.Setup options)
            throws FfmpegException {
        context.sample_rate(Resampler.RATE);
        context.sample_fmt(sampleFormat);
        avutil.av_channel_layout_default(context.ch_layout(), channels);
        options.set(context);
        FfmpegException.check("The " + name + " encoder does not start",
                avcodec.avcodec_open2(context, codec, (PointerPointer<?>) null));
        frame.sample_rate(Resampler.RATE);
        frame.format(sampleFormat);
        frame.nb_samples(frameSamples);
        avutil.av_channel_layout_default(frame.ch_layout(), channels);
        FfmpegException.check("No memory for the " + name + " encoder", avutil.av_frame_get_buffer(frame, 0));
    }

    AVCodecContext context() {
        return context;
    }

    /** The frame to be filled for the next {@link #send}; its memory may differ from call to call. */
    AVFrame writable() throws FfmpegException {
        if (avutil.av_frame_is_writable(frame) == 0) {
            FfmpegException.check("No memory for the " + name + " encoder", avutil.av_frame_make_writable(frame));
        }
        return frame;
    }

    /** Encodes what {@link #writable} was filled with. */
    void send() throws FfmpegException {
        frame.pts(pts);
        pts += frame.nb_samples();
        FfmpegException.check("The " + name + " encoder failed", avcodec.avcodec_send_frame(context, frame));
    }

    /** There is nothing more to come. */
    void end() {
        avcodec.avcodec_send_frame(context, null);
    }

    /** @return a packet's bytes; null when none is ready */
    byte[] receive() throws FfmpegException {
        int code = avcodec.avcodec_receive_packet(context, packet);
        if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
            return null;
        }
        FfmpegException.check("The " + name + " encoder failed", code);
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
