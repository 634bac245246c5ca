package org.reelcast.codec.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusTest {
    private static final int FRAME_MS = 20;
    private static final int PACKETS = 50;

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 10", "2, 1", "2, 5"})
    void sound_encodedAndDecoded_isTheSameLaterByTheLookahead(int channels, int complexity) throws Exception {
        float[] target = new float[OpusDecoder.MAX_SAMPLES * channels];
        try (OpusEncoder encoder = OpusEncoder.open(channels, 128_000, FRAME_MS, complexity);
                OpusDecoder decoder = OpusDecoder.open(channels)) {
            double signal = 0;
            double noise = 0;
            for (int packet = 0; packet < PACKETS; packet++) {
                byte[] coded = encoder.encode(tone(packet * encoder.frameSamples(), encoder.frameSamples(), channels));
                assertEquals(encoder.frameSamples(), decoder.decode(coded, 0, coded.length, target));
                float[] wanted =
                        tone(packet * encoder.frameSamples() - encoder.lookahead(), encoder.frameSamples(), channels);
                for (int i = 0; packet >= PACKETS / 2 && i < wanted.length; i++) {
                    signal += wanted[i] * wanted[i];
                    noise += (target[i] - wanted[i]) * (target[i] - wanted[i]);
                }
            }
            assertTrue(noise < signal / 100, () -> "more than 20 dB below");
        }
    }

    @Test
    void packet_empty_isBroken() throws Exception {
        try (OpusDecoder decoder = OpusDecoder.open(2)) {
            assertTrue(decoder.decode(new byte[0], 0, 0, new float[OpusDecoder.MAX_SAMPLES * 2]) < 0);
        }
    }

    @Test
    void packet_garbled_isBrokenAndTheNextOneIsDecoded() throws Exception {
        float[] target = new float[OpusDecoder.MAX_SAMPLES];
        // code 3 with 49 frames of 60 ms: more than 120 ms (RFC 6716 section 3.2.5)
        byte[] tooLong = {0x1b, 49, 0, 0};
        try (OpusEncoder encoder = OpusEncoder.open(1, 32_000, FRAME_MS, 1);
                OpusDecoder decoder = OpusDecoder.open(1)) {
            assertTrue(decoder.decode(tooLong, 0, tooLong.length, target) < 0);
            byte[] coded = encoder.encode(new float[encoder.frameSamples()]);
            assertEquals(encoder.frameSamples(), decoder.decode(coded, 0, coded.length, target));
        }
    }

    @Test
    void bitrate_isKept() throws Exception {
        try (OpusEncoder encoder = OpusEncoder.open(2, 64_000, FRAME_MS, 5)) {
            int bytes = 0;
            for (int packet = 0; packet < PACKETS; packet++) {
                bytes += encoder.encode(tone(packet * encoder.frameSamples(), encoder.frameSamples(), 2)).length;
            }
            assertEquals(64_000, bytes * 8 * 1000 / (PACKETS * FRAME_MS), 8_000);
        }
    }

    @Test
    void close_twice_doesNothing() throws IOException {
        OpusEncoder encoder = OpusEncoder.open(2, 128_000, FRAME_MS, 1);
        encoder.close();
        encoder.close();
        OpusDecoder decoder = OpusDecoder.open(2);
        decoder.close();
        decoder.close();
    }

    /** 440 Hz, in the second channel 660. */
    private static float[] tone(int from, int samples, int channels) {
        float[] tone = new float[samples * channels];
        for (int i = 0; i < tone.length; i++) {
            int hertz = i % channels == 0 ? 440 : 660;
            tone[i] = 0.5f * (float) Math.sin(2 * Math.PI * hertz * (from + i / channels) / Libopus.RATE);
        }
        return tone;
    }
}
