package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** Sound at 48 kHz in, AAC-LC without ADTS headers out. For one thread at a time. */
public final class AacEncoder implements AutoCloseable {
    /** Samples a channel in one access unit. */
    public static final int FRAME_SAMPLES = 1024;

    private final StartedSoundEncoder encoder;
    private final int channels;
    private final byte[] config;
    private final float[] plane = new float[FRAME_SAMPLES];

    private AacEncoder(StartedSoundEncoder encoder, int channels) {
        this.encoder = encoder;
        this.channels = channels;
        this.config = new byte[encoder.context().extradata_size()];
        encoder.context().extradata().get(config);
    }

    /**
     * @param channels 1 or 2
     * @param bitrate  bits a second
     */
    public static AacEncoder open(int channels, int bitrate) throws FfmpegException {
        return new AacEncoder(StartedSoundEncoder.start("AAC", "aac", channels, FRAME_SAMPLES,
                avutil.AV_SAMPLE_FMT_FLTP, context -> {
                    context.bit_rate(bitrate);
                    context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
                    context.thread_count(1);
                    // a third of the work of the default one, for a loss that nobody hears in speech
                    avutil.av_opt_set(context.priv_data(), "aac_coder", "fast", 0);
                }), channels);
    }

    /** AudioSpecificConfig (ISO 14496-3 section 1.6.2.1). */
    public byte[] config() {
        return config.clone();
    }

    /** Samples before the sound in what comes out. */
    public int priming() {
        return encoder.context().initial_padding();
    }

    /**
     * Encodes {@link #FRAME_SAMPLES} samples a channel.
     *
     * @param interleaved from its start
     * @return an access unit; null when the encoder keeps the first ones for itself
     */
    public byte[] encode(float[] interleaved) throws FfmpegException {
        AVFrame frame = encoder.writable();
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < FRAME_SAMPLES; i++) {
                plane[i] = interleaved[i * channels + channel];
            }
            new FloatPointer(frame.data(channel)).capacity(FRAME_SAMPLES).put(plane, 0, FRAME_SAMPLES);
        }
        encoder.send();
        return encoder.receive();
    }

    /** There is nothing more to come: gives what was held back, one access unit a call, and null after the last. */
    public byte[] end() throws FfmpegException {
        encoder.end();
        return encoder.receive();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
