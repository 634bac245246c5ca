package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** Sound at 48 kHz in, Opus packets of a fixed duration out (libopus). For one thread at a time. */
public final class OpusEncoder implements AutoCloseable {
    private final StartedSoundEncoder encoder;
    private final int channels;
    private final int frameSamples;

    private OpusEncoder(StartedSoundEncoder encoder, int channels, int frameSamples) {
        this.encoder = encoder;
        this.channels = channels;
        this.frameSamples = frameSamples;
    }

    /**
     * @param channels   1 or 2
     * @param bitrate    bits a second
     * @param frameMs    5, 10, 20, 40 or 60
     * @param complexity 0 (fast) to 10
     */
    public static OpusEncoder open(int channels, int bitrate, int frameMs, int complexity) throws FfmpegException {
        int frameSamples = frameMs * Resampler.RATE / 1000;
        return new OpusEncoder(StartedSoundEncoder.start("Opus", "libopus", channels, frameSamples,
                avutil.AV_SAMPLE_FMT_FLT, context -> {
                    context.bit_rate(bitrate);
                    context.compression_level(complexity);
                    avutil.av_opt_set(context.priv_data(), "frame_duration", Integer.toString(frameMs), 0);
                    avutil.av_opt_set(context.priv_data(), "application", "audio", 0);
                    avutil.av_opt_set(context.priv_data(), "vbr", "constrained", 0);
                }), channels, frameSamples);
    }

    /**
     * Encodes one packet's worth of sound.
     *
     * @param interleaved {@link #frameSamples()} samples a channel from the start of the array
     */
    public byte[] encode(float[] interleaved) throws FfmpegException {
        int samples = frameSamples * channels;
        new FloatPointer(encoder.writable().data(0)).capacity(samples).put(interleaved, 0, samples);
        encoder.send();
        byte[] packet = encoder.receive();
        if (packet == null) {
            throw new FfmpegException("The Opus encoder gave no packet");
        }
        return packet;
    }

    /** Samples a channel in one packet. */
    public int frameSamples() {
        return frameSamples;
    }

    /** By how many samples what a decoder gives out lags behind what went in here (RFC 7845 section 4.2, pre-skip). */
    public int lookahead() {
        return encoder.context().initial_padding();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
