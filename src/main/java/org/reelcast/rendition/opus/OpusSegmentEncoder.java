package org.reelcast.rendition.opus;

import java.io.Closeable;
import java.io.IOException;
import org.reelcast.codec.opus.OpusEncoder;

/**
 * The Opus encoder of a track's segments, which goes along the track packet by packet. Packet k holds the sound from k
 * times its duration on: the encoder's look-ahead is made up for by feeding it that much further on. It starts a few
 * packets early, whose output is thrown away, so that its state is by then what it would be had it come from the start.
 */
final class OpusSegmentEncoder implements Closeable {
    private static final int PREROLL_MS = 80;

    private final AudioSource source;
    private final PcmTimeline pcm;
    private final OpusEncoder encoder;
    private final float[] samples;
    private long next;

    private OpusSegmentEncoder(AudioSource source, PcmTimeline pcm, OpusEncoder encoder, int channels) {
        this.source = source;
        this.pcm = pcm;
        this.encoder = encoder;
        this.samples = new float[encoder.frameSamples() * channels];
    }

    /** @param packet the first one that {@link #encode()} gives */
    static OpusSegmentEncoder open(AudioSource source, OpusParameters parameters, int channels, long packet)
            throws IOException {
        OpusEncoder encoder =
                OpusEncoder.open(channels, parameters.bitrate(channels), parameters.frameMs(), parameters.complexity());
        PcmTimeline pcm = null;
        try {
            int preroll = Math.max(1, PREROLL_MS / parameters.frameMs());
            long first = packet - preroll;
            pcm = new PcmTimeline(source, channels, first * encoder.frameSamples() + encoder.lookahead());
            OpusSegmentEncoder started = new OpusSegmentEncoder(source, pcm, encoder, channels);
            started.next = first;
            while (started.next < packet) {
                started.encode();
            }
            return started;
        } catch (IOException | RuntimeException | Error e) {
            if (pcm != null) {
                pcm.close();
            }
            encoder.close();
            throw e;
        }
    }

    /** The packet that comes from {@link #encode()} next. */
    long next() {
        return next;
    }

    AudioSource source() {
        return source;
    }

    byte[] encode() throws IOException {
        pcm.read(next * encoder.frameSamples() + encoder.lookahead(), samples, encoder.frameSamples());
        next++;
        return encoder.encode(samples);
    }

    @Override
    public void close() {
        pcm.close();
        encoder.close();
    }
}
