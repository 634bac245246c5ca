package org.reelcast.rendition.aac;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.reelcast.codec.ffmpeg.AacEncoder;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Slice;

/**
 * Opus packets in, AAC-LC out, for outputs that cannot carry Opus: each sample where its packet's time says. What was
 * lost is silence, so that sound and picture stay together. Times are counted in samples at {@value #RATE} Hz. For one
 * thread at a time.
 */
public final class OpusToAac implements Closeable {
    public static final int RATE = 48_000;
    /** Times that are off by less than this are jitter; one lost packet of 20 ms is not. */
    private static final long TOLERANCE = RATE * 18 / 1000;

    /** Takes the access units. */
    public interface Output {

        /** @param at the first sample that went into it; what comes out of it is {@link #priming} samples later */
        void unit(long at, byte[] coded) throws IOException;
    }

    private final int channels;
    private final int bitrate;
    private final Output output;
    private final OpusDecoder decoder;
    private final AacEncoder encoder;
    private final float[] packet;
    private final float[] unit;
    /** Samples in {@link #unit}. */
    private int filled;

    private boolean started;
    /** Of the first sample of sound. */
    private long start;
    /** Of the next sample. */
    private long position;

    private long units;

    /**
     * @param channels 1 or 2
     * @param bitrate  of stereo, bits a second; mono takes half
     * @throws IOException when this machine cannot do it; the message is a sentence
     */
    public OpusToAac(int channels, int bitrate, Output output) throws IOException {
        this.channels = channels;
        this.bitrate = channels == 1 ? bitrate / 2 : bitrate;
        this.output = output;
        decoder = OpusDecoder.open(channels);
        boolean done = false;
        try {
            encoder = AacEncoder.open(channels, this.bitrate);
            done = true;
        } finally {
            if (!done) {
                decoder.close();
            }
        }
        packet = new float[OpusDecoder.MAX_SAMPLES * channels];
        unit = new float[AacEncoder.FRAME_SAMPLES * channels];
    }

    /** The first unit begins with that sample; what comes before is left out. To be called first, if at all. */
    public void startAt(long sample) {
        started = true;
        start = sample;
        position = sample;
    }

    /** What comes out looks like. */
    public AacFormat format(String language) {
        return new AacFormat(new DecoderConfig(encoder.config()), RATE, channels, RATE, language);
    }

    /** Bits a second. */
    public int bitrate() {
        return bitrate;
    }

    /** So much later than it went in does a sample come out. */
    public int priming() {
        return encoder.priming();
    }

    /** Takes a packet; one that is broken is left out. @param at where its first sample is; the part of it before {@code 0} is not heard */
    public void take(Slice opus, long at) throws IOException {
        int samples = decoder.decode(opus.array(), opus.offset(), opus.length(), packet);
        if (samples < 0) {
            return;
        }
        if (!started) {
            if (at + samples <= 0) {
                return;
            }
            started = true;
            start = Math.max(0, at);
            position = start;
        }
        int skipped = 0;
        if (at - position > TOLERANCE) {
            silence(at);
        } else if (position - at > TOLERANCE || position == start && at < position) {
            skipped = (int) Math.min(samples, position - at);
        }
        append(packet, skipped, samples - skipped);
    }

    /** What should have come before {@code at} does not come any more: it is silence. */
    public void keepUp(long at) throws IOException {
        if (started) {
            silence(at);
        }
    }

    private void silence(long until) throws IOException {
        while (position < until) {
            int count = (int) Math.min(AacEncoder.FRAME_SAMPLES - filled, until - position);
            Arrays.fill(unit, filled * channels, (filled + count) * channels, 0);
            advance(count);
        }
    }

    private void append(float[] samples, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(AacEncoder.FRAME_SAMPLES - filled, length - done);
            System.arraycopy(samples, (from + done) * channels, unit, filled * channels, count * channels);
            done += count;
            advance(count);
        }
    }

    private void advance(int count) throws IOException {
        filled += count;
        position += count;
        if (filled == AacEncoder.FRAME_SAMPLES) {
            filled = 0;
            give(encoder.encode(unit));
        }
    }

    private void give(byte[] coded) throws IOException {
        if (coded != null) {
            output.unit(start + units++ * AacEncoder.FRAME_SAMPLES, coded);
        }
    }

    /** Gives what is left; the last call. */
    public void finish() throws IOException {
        if (!started) {
            return;
        }
        if (filled > 0) {
            silence(position + AacEncoder.FRAME_SAMPLES - filled);
        }
        for (byte[] coded = encoder.end(); coded != null; coded = encoder.end()) {
            give(coded);
        }
    }

    @Override
    public void close() {
        decoder.close();
        encoder.close();
    }
}
