package org.reelcast.live.encode;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.reelcast.codec.opus.OpusEncoder;
import org.reelcast.loop.AnyThread;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** The Opus encoder of a stream's sound: samples at 48 kHz in, packets of 20 ms out. */
@AnyThread
final class AudioTrackEncoder implements AutoCloseable {
    static final int CHANNELS = 2;
    static final Format FORMAT = Format.audio(Codec.OPUS, CHANNELS);
    private static final int PACKET_MS = 20;
    private static final double SAMPLES_A_US = 0.048;

    private final Format format;
    private final int bitrate;
    private final int complexity;
    private final Consumer<Frame> output;
    private OpusEncoder encoder;
    private float[] packet;
    private int filled;
    /** Of the next sample. */
    private long position;

    private boolean closed;

    /** Of stereo. @param bitrate bits a second @param output takes the packets */
    AudioTrackEncoder(int bitrate, int complexity, Consumer<Frame> output) {
        this(FORMAT, bitrate, complexity, output);
    }

    /** @param format of the packets, mono or stereo */
    AudioTrackEncoder(Format format, int bitrate, int complexity, Consumer<Frame> output) {
        this.format = format;
        this.bitrate = bitrate;
        this.complexity = complexity;
        this.output = output;
    }

    /**
     * Takes samples. Where they do not go on from those before, the packet begun is filled with silence.
     *
     * @param interleaved from the array's start
     * @param count       samples a channel
     * @param at          number of the first one, of the samples of the media loops' clock, whose 0 is its time 0
     */
    synchronized void take(float[] interleaved, int count, long at) throws IOException {
        if (closed) {
            return;
        }
        int channels = format.channels();
        if (encoder == null) {
            encoder = OpusEncoder.open(channels, bitrate, PACKET_MS, complexity);
            packet = new float[encoder.frameSamples() * channels];
            position = at;
        }
        if (at != position) {
            if (filled > 0) {
                Arrays.fill(packet, filled * channels, packet.length, 0);
                give();
            }
            position = at;
        }
        int done = 0;
        while (done < count) {
            int more = Math.min(count - done, encoder.frameSamples() - filled);
            System.arraycopy(interleaved, done * channels, packet, filled * channels, more * channels);
            done += more;
            filled += more;
            position += more;
            if (filled == encoder.frameSamples()) {
                give();
            }
        }
    }

    /** What a decoder gives out lags behind by the encoder's lookahead. */
    private void give() throws IOException {
        long timeUs = Math.round((position - filled - encoder.lookahead()) / SAMPLES_A_US);
        filled = 0;
        output.accept(new Frame(format, timeUs, timeUs, true, Slice.of(encoder.encode(packet))));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (encoder != null) {
            encoder.close();
            encoder = null;
        }
    }
}
