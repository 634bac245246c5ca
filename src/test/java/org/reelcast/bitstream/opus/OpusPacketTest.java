package org.reelcast.bitstream.opus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Slice;

class OpusPacketTest {

    /** RFC 6716 section 3.1, table 2: configuration and frames a packet against the duration. */
    @ParameterizedTest
    @CsvSource({"0,0,10000", "1,0,20000", "2,0,40000", "3,0,60000", "11,1,120000", "12,0,10000", "13,2,40000",
        "14,0,10000", "15,0,20000", "16,0,2500", "17,0,5000", "18,0,10000", "19,0,20000", "31,0,20000", "28,1,5000"})
    void durationIsThatOfItsFrames(int configuration, int code, long us) {
        assertEquals(us, OpusPacket.durationUs(new Slice(new byte[] {9, (byte) (configuration << 3 | 4 | code), 7}, 1,
                2)));
    }

    @Test
    void packetOfAnyNumberOfFramesSaysIt() {
        assertEquals(120_000, OpusPacket.durationUs(Slice.of(new byte[] {(byte) (31 << 3 | 3), (byte) (0x80 | 6)})));
    }

    @Test
    void packetThatIsTooShortHasNone() {
        assertEquals(0, OpusPacket.durationUs(Slice.of(new byte[0])));
        assertEquals(0, OpusPacket.durationUs(Slice.of(new byte[] {3})));
    }
}
