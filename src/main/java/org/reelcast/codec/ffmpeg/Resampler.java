package org.reelcast.codec.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Turns decoded sound of any rate and layout into 48 kHz mono or stereo. Sample n of what goes in and sample
 * n * 48000 / rate of what comes out are the same moment: the filter's delay is made up for.
 *
 * <p>Surround is mixed down with the weights of ITU-R BS.775, scaled so that it never clips (as ISO 14496-3, 4.5.1.2.2
 * does): 5.1 at full level in all channels comes out at full level.
 */
public final class Resampler implements AutoCloseable {
    public static final int RATE = 48_000;
    /** Room for one frame: 2048 samples at 8 kHz, and what the filter held back. */
    private static final int FIRST_ROOM = 16_384;

    private static final int HELD_BACK = 4_096;
    /** Samples a second that some sound has at least. */
    private static final int LEAST_RATE = 4_000;

    private final SwrContext context;
    private final AVFrame out;
    private FloatPointer samples;
    private int room = FIRST_ROOM;
    private final int channels;

    private Resampler(SwrContext context, AVFrame out, int channels) {
        this.context = context;
        this.out = out;
        this.channels = channels;
    }

    /** @param channels 1 or 2 */
    public static Resampler open(int channels) throws FfmpegException {
        Ffmpeg.require();
        SwrContext context = swresample.swr_alloc();
        AVFrame out = avutil.av_frame_alloc();
        boolean done = false;
        try {
            avutil.av_opt_set_double(context, "rematrix_maxval", 1.0, 0);
            Resampler resampler = new Resampler(context, out, channels);
            resampler.allocate();
            done = true;
            return resampler;
        } finally {
            if (!done) {
                avutil.av_frame_free(out);
                swresample.swr_free(context);
            }
        }
    }

    /**
     * Takes what {@code decoder} just gave.
     *
     * @return samples a channel now ready for {@link #copy}; -1 when rate or layout are others than before: then
     *         {@link #drain}, {@link #reset} and offer it again
     */
    public int convert(AudioDecoder decoder) throws FfmpegException {
        return run(decoder.frame());
    }

    /** The last samples, which the filter held back. After it only {@link #reset} makes sense. */
    public int drain() throws FfmpegException {
        return swresample.swr_is_initialized(context) == 0 ? 0 : run(null);
    }

    private int run(AVFrame in) throws FfmpegException {
        if (in != null && in.sample_rate() > 0) {
            makeRoom(in.nb_samples() * (long) RATE / in.sample_rate() + HELD_BACK);
        }
        out.nb_samples(room);
        int code = swresample.swr_convert_frame(context, out, in);
        if (code == avutil.AVERROR_INPUT_CHANGED) {
            return -1;
        }
        FfmpegException.check("Resampling the sound does not work", code);
        return out.nb_samples();
    }

    /** For longer frames than those of most codecs. */
    private void makeRoom(long needed) throws FfmpegException {
        if (needed <= room) {
            return;
        }
        if (needed > (long) AudioDecoder.MAX_SAMPLES * RATE / LEAST_RATE) {
            throw new FfmpegException("a frame of sound lasts for " + needed / RATE + " s");
        }
        avutil.av_frame_unref(out);
        room = (int) needed;
        allocate();
    }

    private void allocate() throws FfmpegException {
        out.format(avutil.AV_SAMPLE_FMT_FLT);
        out.sample_rate(RATE);
        out.nb_samples(room);
        avutil.av_channel_layout_default(out.ch_layout(), channels);
        FfmpegException.check("No memory for the resampler", avutil.av_frame_get_buffer(out, 0));
        samples = new FloatPointer(out.data(0)).capacity((long) room * channels);
    }

    /** Forgets all before; the next frame sets rate and layout. */
    public void reset() {
        swresample.swr_close(context);
    }

    /**
     * Copies {@code count} samples a channel of what is ready, channels interleaved, to the start of {@code target}.
     */
    public void copy(float[] target, int count) {
        samples.get(target, 0, count * channels);
    }

    public int channels() {
        return channels;
    }

    @Override
    public void close() {
        avutil.av_frame_free(out);
        swresample.swr_free(context);
    }
}
