package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;

/** Opus packets in, sound at 48 kHz with a fixed number of channels out (libopus). For one thread at a time. */
public final class OpusDecoder implements AutoCloseable {
    /** Samples a channel in the longest packet: 120 ms (RFC 6716 section 3.2.5). */
    public static final int MAX_SAMPLES = 5760;

    private final StartedDecoder decoder;
    private final int channels;

    private OpusDecoder(StartedDecoder decoder, int channels) {
        this.decoder = decoder;
        this.channels = channels;
    }

    /** @param channels 1 or 2: what comes out, whatever the packets have */
    public static OpusDecoder open(int channels) throws FfmpegException {
        return new OpusDecoder(StartedDecoder.start("libopus", context -> {
            context.sample_rate(Resampler.RATE);
            context.request_sample_fmt(avutil.AV_SAMPLE_FMT_FLT);
            avutil.av_channel_layout_default(context.ch_layout(), channels);
        }, "The Opus decoder does not start"), channels);
    }

    /**
     * Decodes one packet.
     *
     * @param target takes the samples, interleaved, from its start; has room for {@link #MAX_SAMPLES} a channel
     * @return samples a channel, or FFmpeg's negative code when the packet is broken
     */
    public int decode(byte[] array, int offset, int length, float[] target) throws FfmpegException {
        AVFrame frame = decoder.frame();
        int code = avcodec.avcodec_send_packet(decoder.context(),
                decoder.input().of(array, offset, length, avutil.AV_NOPTS_VALUE));
        if (code >= 0) {
            code = avcodec.avcodec_receive_frame(decoder.context(), frame);
        }
        if (code < 0) {
            return code;
        }
        int samples = Math.min(MAX_SAMPLES, frame.nb_samples());
        new FloatPointer(frame.data(0)).capacity((long) samples * channels).get(target, 0, samples * channels);
        return samples;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
