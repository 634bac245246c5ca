package org.reelcast.output.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.reelcast.codec.ffmpeg.AacEncoder;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.mp4.write.AudioTrack;
import org.reelcast.mp4.write.FragmentWriter;

/**
 * The sound of a recording of Opus: AAC-LC into the file, each sample where its packet's time says. What was lost is
 * silence, so that sound and picture stay together. For one thread at a time.
 */
final class OpusToAacWriter implements AudioTrackWriter {
    private static final int RATE = 48_000;
    /** Times that are off by less than this are jitter; one lost packet of 20 ms is not. */
    private static final long TOLERANCE = RATE * 18 / 1000;
    /** Silence is written when the picture is this far ahead: what comes later still was lost. */
    private static final long LATEST = 2 * RATE;

    private final int channels;
    private final OpusDecoder decoder;
    private final AacEncoder encoder;
    private final AudioTrack track;
    private final float[] packet;
    private final float[] unit;
    private FragmentWriter out;
    /** Samples in {@link #unit}. */
    private int filled;
    private boolean started;
    /** Of the film's first sample of sound, in samples. */
    private long start;
    /** Of the next sample. */
    private long position;
    private long units;
    private long broken;

    /**
     * @param format  of mono or stereo
     * @param bitrate of stereo, bits a second; mono takes half
     */
    OpusToAacWriter(Format format, int bitrate) throws IOException {
        channels = format.channels();
        int rate = channels == 1 ? bitrate / 2 : bitrate;
        decoder = OpusDecoder.open(channels);
        boolean done = false;
        try {
            encoder = AacEncoder.open(channels, rate);
            done = true;
        } finally {
            if (!done) {
                decoder.close();
            }
        }
        track = new AudioTrack(new AacFormat(new DecoderConfig(encoder.config()), RATE, channels, RATE,
                format.language()), encoder.priming(), rate);
        packet = new float[OpusDecoder.MAX_SAMPLES * channels];
        unit = new float[AacEncoder.FRAME_SAMPLES * channels];
    }

    @Override
    public AudioTrack track() {
        return track;
    }

    @Override
    public void writeTo(FragmentWriter writer) {
        out = writer;
    }

    @Override
    public boolean takes(Format format) {
        return format.codec() == Codec.OPUS;
    }

    @Override
    public void take(Frame frame, long timeUs) throws IOException {
        Slice slice = frame.slice(0);
        int samples = decoder.decode(slice.array(), slice.offset(), slice.length(), packet);
        if (samples < 0) {
            broken++;
            return;
        }
        long at = Math.round(timeUs * 0.048);
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

    @Override
    public void keepUp(long timeUs) throws IOException {
        if (started) {
            silence(Math.round(timeUs * 0.048) - LATEST);
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
            write(encoder.encode(unit));
        }
    }

    private void write(byte[] coded) throws IOException {
        if (coded != null) {
            out.audio(start + units++ * AacEncoder.FRAME_SAMPLES, AacEncoder.FRAME_SAMPLES, ByteBuffer.wrap(coded));
        }
    }

    @Override
    public void finish() throws IOException {
        if (!started) {
            return;
        }
        if (filled > 0) {
            silence(position + AacEncoder.FRAME_SAMPLES - filled);
        }
        for (byte[] coded = encoder.end(); coded != null; coded = encoder.end()) {
            write(coded);
        }
    }

    /** Packets that could not be decoded. */
    long broken() {
        return broken;
    }

    @Override
    public void close() {
        decoder.close();
        encoder.close();
    }
}
