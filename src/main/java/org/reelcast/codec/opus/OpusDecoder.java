package org.reelcast.codec.opus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.util.opus.Opus;

/** Opus packets in, sound at 48 kHz with a fixed number of channels out. For one thread at a time. */
public final class OpusDecoder implements AutoCloseable {
    /** Samples a channel in the longest packet: 120 ms (RFC 6716 section 3.2.5). */
    public static final int MAX_SAMPLES = 5760;
    /** No datagram carries more. */
    private static final int MAX_PACKET_BYTES = 64 * 1024;

    private final int channels;
    private final ByteBuffer packet = MemoryUtil.memAlloc(MAX_PACKET_BYTES);
    private final FloatBuffer samples;
    private long state;

    private OpusDecoder(long state, int channels) {
        this.state = state;
        this.channels = channels;
        this.samples = MemoryUtil.memAllocFloat(MAX_SAMPLES * channels);
    }

    /** @param channels 1 or 2: what comes out, whatever the packets have */
    public static OpusDecoder open(int channels) throws IOException {
        return new OpusDecoder(
                Libopus.start("decoder", error -> Opus.opus_decoder_create(Libopus.RATE, channels, error)), channels);
    }

    /**
     * Decodes one packet.
     *
     * @param target takes the samples, interleaved, from its start; has room for {@link #MAX_SAMPLES} a channel
     * @return samples a channel, or libopus' negative code when the packet is broken
     */
    public int decode(byte[] array, int offset, int length, float[] target) {
        // to libopus no bytes are a lost packet, whose sound it would make up
        if (length == 0 || length > MAX_PACKET_BYTES) {
            return Opus.OPUS_INVALID_PACKET;
        }
        packet.clear().put(array, offset, length).flip();
        int decoded = Opus.opus_decode_float(state, packet, samples, MAX_SAMPLES, 0);
        if (decoded > 0) {
            samples.get(0, target, 0, decoded * channels);
        }
        return decoded;
    }

    @Override
    public void close() {
        if (state == MemoryUtil.NULL) {
            return;
        }
        Opus.opus_decoder_destroy(state);
        state = MemoryUtil.NULL;
        MemoryUtil.memFree(packet);
        MemoryUtil.memFree(samples);
    }
}
