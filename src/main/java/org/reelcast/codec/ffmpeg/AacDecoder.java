package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * AAC frames in, sound out: AAC-LC, HE-AAC v1 and v2 (signalled explicitly or only in the frames), and whatever else
 * FFmpeg's decoder takes. One frame in, at most one out, at the rate and with the channels that it turns out to have.
 * For one thread at a time.
 */
public final class AacDecoder implements AutoCloseable {
    /** Longest configuration that is looked at; real ones have 2 to 100 bytes. */
    private static final int MAX_CONFIG_BYTES = 1024;
    /** Samples in a frame: 2048 a channel, twice that with SBR, in 16 channels. */
    private static final int MAX_SAMPLES = 65_536;

    private final StartedDecoder decoder;

    private AacDecoder(StartedDecoder decoder) {
        this.decoder = decoder;
    }

    /** @param audioSpecificConfig ISO 14496-3, 1.6.2.1 */
    public static AacDecoder open(byte[] audioSpecificConfig) throws FfmpegException {
        if (audioSpecificConfig.length > MAX_CONFIG_BYTES) {
            throw new FfmpegException("An AAC configuration of " + audioSpecificConfig.length + " bytes is not one");
        }
        return new AacDecoder(StartedDecoder.start("aac", context -> {
            setExtradata(context, audioSpecificConfig);
            context.thread_count(1).max_samples(MAX_SAMPLES);
        }, "The AAC decoder does not take the track's configuration"));
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
     * Decodes one AAC frame.
     *
     * @return 1 when {@link #frame()} has sound, 0 when the decoder wants more first, FFmpeg's negative code when the
     *         frame is broken
     */
    public int decode(byte[] array, int offset, int length) throws FfmpegException {
        int code = avcodec.avcodec_send_packet(decoder.context(),
                decoder.input().of(array, offset, length, avutil.AV_NOPTS_VALUE));
        if (code < 0) {
            return code;
        }
        code = avcodec.avcodec_receive_frame(decoder.context(), decoder.frame());
        if (code == avutil.AVERROR_EAGAIN()) {
            return 0;
        }
        return code < 0 ? code : 1;
    }

    /** What the last {@link #decode} gave, until the next one. */
    AVFrame frame() {
        return decoder.frame();
    }

    /** Samples a channel in the last frame. */
    public int samples() {
        return decoder.frame().nb_samples();
    }

    /** Samples a second of the last frame. */
    public int sampleRate() {
        return decoder.frame().sample_rate();
    }

    /** Channels of the last frame. */
    public int channels() {
        return decoder.frame().ch_layout().nb_channels();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
