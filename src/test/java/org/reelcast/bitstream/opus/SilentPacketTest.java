package org.reelcast.bitstream.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.codec.opus.OpusDecoder;
import org.reelcast.media.Slice;

class SilentPacketTest {

    /** libopus hears nothing of them, and as long. */
    @ParameterizedTest
    @CsvSource({"100000,40000", "40000,40000", "39999,20000", "20000,20000", "1,20000"})
    void longestThatFits_isSilent(long us, long durationUs) throws Exception {
        Slice packet = SilentPacket.within(us);
        assertEquals(durationUs, OpusPacket.durationUs(packet));
        try (OpusDecoder decoder = OpusDecoder.open(2)) {
            float[] samples = new float[2 * OpusDecoder.MAX_SAMPLES];
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        durationUs * 48 / 1000,
                        decoder.decode(packet.array(), packet.offset(), packet.length(), samples));
                for (float sample : samples) {
                    assertEquals(0, sample, 1e-6);
                }
            }
        }
    }
}
