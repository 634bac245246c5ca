package org.reelcast.bitstream.opus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.Slice;

class OpusPacketTest {

    /** RFC 6716 section 3.1, table 2: configuration and frames a packet against the duration. */
    @ParameterizedTest
    @CsvSource({
        "0,0,10000",
        "1,0,20000",
        "2,0,40000",
        "3,0,60000",
        "11,1,120000",
        "12,0,10000",
        "13,2,40000",
        "14,0,10000",
        "15,0,20000",
        "16,0,2500",
        "17,0,5000",
        "18,0,10000",
        "19,0,20000",
        "31,0,20000",
        "28,1,5000"
    })
    void durationIsThatOfItsFrames(int configuration, int code, long us) {
        assertEquals(
                us, OpusPacket.durationUs(new Slice(new byte[] {9, (byte) (configuration << 3 | 4 | code), 7}, 1, 2)));
    }

    @Test
    void packetOfAnyNumberOfFramesSaysIt() {
        assertEquals(120_000, OpusPacket.durationUs(Slice.of(new byte[] {(byte) (31 << 3 | 3), (byte) (0x80 | 6)})));
    }

    private static final int TOC = 28 << 3;

    private static void assertSplit(byte[] packet, byte[]... frames) {
        byte[] padded = new byte[packet.length + 5];
        System.arraycopy(packet, 0, padded, 3, packet.length);
        List<Slice> found = OpusPacket.split(new Slice(padded, 3, packet.length));
        assertEquals(frames.length, found.size());
        for (int i = 0; i < frames.length; i++) {
            assertArrayEquals(
                    frames[i],
                    Arrays.copyOfRange(
                            found.get(i).array(),
                            found.get(i).offset(),
                            found.get(i).offset() + found.get(i).length()));
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void packetIsSplitByItsCode() {
        assertSplit(bytes(TOC, 1, 2), bytes(TOC, 1, 2));
        assertSplit(bytes(TOC | 1, 1, 2, 3, 4), bytes(TOC, 1, 2), bytes(TOC, 3, 4));
        assertSplit(bytes(TOC | 2, 1, 7, 8, 9), bytes(TOC, 7), bytes(TOC, 8, 9));
        assertSplit(bytes(TOC | 3, 3, 1, 2, 3), bytes(TOC, 1), bytes(TOC, 2), bytes(TOC, 3));
        assertSplit(bytes(TOC | 3, 0x83, 1, 0, 7, 8, 9), bytes(TOC, 7), bytes(TOC), bytes(TOC, 8, 9));
        assertSplit(bytes(TOC | 3, 0x42, 2, 1, 2, 0, 0), bytes(TOC, 1), bytes(TOC, 2));
    }

    @Test
    void longFrameSaysItsLengthInTwoBytes() {
        byte[] packet = new byte[1 + 2 + 260 + 4];
        packet[0] = (byte) (TOC | 2);
        packet[1] = (byte) 252;
        packet[2] = 2;
        List<Slice> frames = OpusPacket.split(Slice.of(packet));
        assertEquals(261, frames.get(0).length());
        assertEquals(5, frames.get(1).length());
    }

    @Test
    void packetThatIsNoneByTheRulesStaysWhole() {
        for (byte[] packet : new byte[][] {
            bytes(TOC | 1, 1, 2, 3),
            bytes(TOC | 2, 9, 1),
            bytes(TOC | 2, 252),
            bytes(TOC | 3, 0),
            bytes(TOC | 3, 2, 1, 2, 3),
            bytes(TOC | 3, 0x82, 9, 1),
            bytes(TOC | 3, 0x42, 255),
            bytes(TOC | 3, 0x42, 9, 1, 2),
            bytes(TOC | 3, 63, 1),
            bytes(TOC | 3),
            bytes()
        }) {
            assertEquals(1, OpusPacket.split(Slice.of(packet)).size(), Arrays.toString(packet));
        }
    }

    @Test
    void anyBytesAreSplitOrStayWhole() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] packet = new byte[random.nextInt(40)];
            random.nextBytes(packet);
            int bytes = 0;
            for (Slice frame : OpusPacket.split(Slice.of(packet))) {
                bytes += frame.length() - 1;
            }
            assertTrue(bytes <= packet.length);
        }
    }

    @Test
    void packetThatIsTooShortHasNone() {
        assertEquals(0, OpusPacket.durationUs(Slice.of(new byte[0])));
        assertEquals(0, OpusPacket.durationUs(Slice.of(new byte[] {3})));
    }
}
