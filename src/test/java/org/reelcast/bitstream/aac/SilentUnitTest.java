package org.reelcast.bitstream.aac;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.codec.ffmpeg.AacDecoder;
import org.reelcast.codec.ffmpeg.Resampler;

class SilentUnitTest {

    @ParameterizedTest
    @CsvSource({"1, 48000", "2, 48000", "1, 22050", "2, 44100", "2, 32000"})
    void isSilentAtAnyRate(int channels, int rate) throws Exception {
        byte[] unit = SilentUnit.of(channels);
        AudioSpecificConfig config = AudioSpecificConfig.of(2, rate, channels);
        try (AacDecoder decoder = AacDecoder.open(config.bytes());
                Resampler resampler = Resampler.open(channels)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(1, decoder.decode(unit, 0, unit.length), "unit " + i);
                assertEquals(1024, decoder.samples());
                assertEquals(rate, decoder.sampleRate());
                assertEquals(channels, decoder.channels());
                float[] samples = new float[8192];
                int count = resampler.convert(decoder);
                resampler.copy(samples, count);
                for (float sample : samples) {
                    assertEquals(0, sample);
                }
            }
        }
    }
}
