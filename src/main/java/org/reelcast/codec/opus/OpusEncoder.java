package org.reelcast.codec.opus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus;

/** Sound at 48 kHz in, Opus packets of a fixed duration out. For one thread at a time. */
public final class OpusEncoder implements AutoCloseable {
    /** Room for the longest packet: 60 ms are three frames of 1275 bytes and their lengths (RFC 6716 section 3.4). */
    private static final int MAX_PACKET_BYTES = 4000;

    private final int channels;
    private final int frameSamples;
    private final FloatBuffer samples;
    private final ByteBuffer packet = MemoryUtil.memAlloc(MAX_PACKET_BYTES);
    private long state;
    private int lookahead;

    private OpusEncoder(long state, int channels, int frameSamples) {
        this.state = state;
        this.channels = channels;
        this.frameSamples = frameSamples;
        this.samples = MemoryUtil.memAllocFloat(frameSamples * channels);
    }

    /**
     * @param channels   1 or 2
     * @param bitrate    bits a second
     * @param frameMs    5, 10, 20, 40 or 60
     * @param complexity 0 (fast) to 10
     */
    public static OpusEncoder open(int channels, int bitrate, int frameMs, int complexity) throws IOException {
        long state = Libopus.start(
                "encoder",
                error -> Opus.opus_encoder_create(Libopus.RATE, channels, Opus.OPUS_APPLICATION_AUDIO, error));
        OpusEncoder encoder = new OpusEncoder(state, channels, frameMs * Libopus.RATE / 1000);
        try {
            encoder.set(Opus.OPUS_SET_BITRATE(bitrate));
            encoder.set(Opus.OPUS_SET_COMPLEXITY(complexity));
            encoder.set(Opus.OPUS_SET_VBR(1));
            encoder.set(Opus.OPUS_SET_VBR_CONSTRAINT(1));
            IntBuffer value = encoder.packet.asIntBuffer();
            encoder.set(Opus.OPUS_GET_LOOKAHEAD(value));
            encoder.lookahead = value.get(0);
            return encoder;
        } catch (IOException e) {
            encoder.close();
            throw e;
        }
    }

    private void set(Opus.CTLRequest request) throws IOException {
        Libopus.check("The Opus encoder does not start", Opus.opus_encoder_ctl(state, request));
    }

    /**
     * Encodes one packet's worth of sound.
     *
     * @param interleaved {@link #frameSamples()} samples a channel from the start of the array
     */
    public byte[] encode(float[] interleaved) throws IOException {
        samples.put(0, interleaved, 0, frameSamples * channels);
        int length =
                Libopus.check("The Opus encoder failed", Opus.opus_encode_float(state, samples, frameSamples, packet));
        byte[] bytes = new byte[length];
        packet.get(0, bytes);
        return bytes;
    }

    /** Samples a channel in one packet. */
    public int frameSamples() {
        return frameSamples;
    }

    /** By how many samples what a decoder gives out lags behind what went in here (RFC 7845 section 4.2, pre-skip). */
    public int lookahead() {
        return lookahead;
    }

    @Override
    public void close() {
        if (state == MemoryUtil.NULL) {
            return;
        }
        Opus.opus_encoder_destroy(state);
        state = MemoryUtil.NULL;
        MemoryUtil.memFree(samples);
        MemoryUtil.memFree(packet);
    }
}
