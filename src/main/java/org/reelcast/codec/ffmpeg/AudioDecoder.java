package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.reelcast.media.SourceCodec;

/**
 * Frames of sound in, samples out, at the rate and with the channels that they turn out to have. For one thread at a
 * time.
 */
public class AudioDecoder implements AutoCloseable {
    /** Samples of a channel in a frame: FLAC has the longest ones. */
    static final int MAX_SAMPLES = 65_536;

    /** What FFmpeg keeps for a stereo film with SBR, and a frame; with 16 channels it is four times that. */
    private static final long BYTES = 2L << 20;

    private final StartedDecoder decoder;
    private final CodecMemory.Share share;

    /**
     * A decoder that is at work.
     *
     * @param name    FFmpeg's
     * @param failure the sentence for a decoder that does not start
     */
    AudioDecoder(String name, StartedDecoder.Setup setup, String failure) throws FfmpegException {
        this.share = CodecMemory.ofProcess().share(BYTES);
        StartedDecoder started = null;
        try {
            started = StartedDecoder.start(
                    name,
                    context -> {
                        context.thread_count(1).max_samples(MAX_SAMPLES);
                        setup.set(context);
                    },
                    failure);
        } finally {
            if (started == null) {
                share.close();
            }
        }
        this.decoder = started;
    }

    /**
     * A decoder of any of FFmpeg's codecs.
     *
     * @param config   as the codec's file format has it; empty for none
     * @param rate     in Hz, as the file says; 0 when it does not
     * @param channels likewise
     */
    public static AudioDecoder open(SourceCodec codec, byte[] config, int rate, int channels) throws FfmpegException {
        return new AudioDecoder(
                codec.decoder(),
                context -> {
                    if (config.length > 0) {
                        setExtradata(context, config);
                    }
                    context.sample_rate(rate);
                    avutil.av_channel_layout_default(context.ch_layout(), channels);
                },
                "The " + codec.label() + " decoder does not take the track's configuration");
    }

    /** Gives {@code context} a copy in memory of its own kind, which it frees itself. */
    static void setExtradata(AVCodecContext context, byte[] bytes) throws FfmpegException {
        Pointer memory = avutil.av_mallocz((long) bytes.length + avcodec.AV_INPUT_BUFFER_PADDING_SIZE);
        if (memory == null) {
            throw new FfmpegException("No memory for a decoder's configuration");
        }
        BytePointer extradata = new BytePointer(memory);
        extradata.put(bytes, 0, bytes.length);
        context.extradata(extradata);
        context.extradata_size(bytes.length);
    }

    /**
     * Decodes one frame; there may be {@link #more}.
     *
     * @return 1 when {@link #frame()} has sound, 0 when the decoder wants more first, FFmpeg's negative code when the
     *         frame is broken
     */
    public final int decode(byte[] array, int offset, int length) throws FfmpegException {
        int code = avcodec.avcodec_send_packet(
                decoder.context(), decoder.input().of(array, offset, length, avutil.AV_NOPTS_VALUE));
        if (code < 0) {
            return code;
        }
        return more();
    }

    /** What else was in the frame given to {@link #decode}; likewise. */
    public final int more() {
        int code = avcodec.avcodec_receive_frame(decoder.context(), decoder.frame());
        if (code == avutil.AVERROR_EAGAIN()) {
            return 0;
        }
        return code < 0 ? code : 1;
    }

    /** What the last {@link #decode} gave, until the next one. */
    final AVFrame frame() {
        return decoder.frame();
    }

    /** Samples a channel in the last frame. */
    public final int samples() {
        return decoder.frame().nb_samples();
    }

    /** Samples a second of the last frame. */
    public final int sampleRate() {
        return decoder.frame().sample_rate();
    }

    /** Channels of the last frame. */
    public final int channels() {
        return decoder.frame().ch_layout().nb_channels();
    }

    @Override
    public final void close() {
        decoder.close();
        share.close();
    }
}
