package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodecMemoryTest {
    private static final long MB = 1 << 20;

    private final CodecMemory memory = new CodecMemory(1000 * MB);

    @Test
    void sharesGrowAndAreGivenBack() throws FfmpegException {
        CodecMemory.Share one = memory.share(100 * MB);
        one.atLeast(50 * MB);
        assertEquals(100 * MB, memory.used());
        one.atLeast(300 * MB);
        assertEquals(300 * MB, memory.used());
        assertTrue(memory.hasRoomFor(700 * MB));
        assertFalse(memory.hasRoomFor(701 * MB));
        one.close();
        one.close();
        assertEquals(0, memory.used());
    }

    @Test
    void whatAllMayHoldIsBounded() throws FfmpegException {
        CodecMemory.Share one = memory.share(600 * MB);
        CodecMemory.Share other = memory.share(300 * MB);
        String why = assertThrows(FfmpegException.class, () -> other.atLeast(401 * MB))
                .getMessage();
        assertTrue(why.contains("900 of 1000 MB"), why);
        assertThrows(FfmpegException.class, () -> memory.share(101 * MB));
        assertEquals(900 * MB, memory.used());
        one.close();
        other.atLeast(401 * MB);
        assertEquals(401 * MB, memory.used());
    }

    @Test
    void whatOneMayHoldIsBounded() {
        assertThrows(FfmpegException.class, () -> memory.share(CodecMemory.MAX_SHARE + 1));
        assertEquals(0, memory.used());
    }

    @Test
    void limitIsAQuarterOfTheMachineUnlessSaid() {
        memory.limit(0);
        assertTrue(memory.hasRoomFor(512 * MB));
        memory.limit(MB);
        assertTrue(memory.hasRoomFor(MB));
        assertFalse(memory.hasRoomFor(MB + 1));
    }

    /** Sound is counted, too, and given back also when its configuration is none. */
    @Test
    void decodersOfAac_areCounted() throws FfmpegException {
        long before = CodecMemory.ofProcess().used();
        try (AacDecoder decoder = AacDecoder.open(new byte[] {0x11, (byte) 0x90})) {
            assertEquals(before + 2 * MB, CodecMemory.ofProcess().used(), decoder::toString);
            assertThrows(FfmpegException.class, () -> AacDecoder.open(new byte[] {(byte) 0xff, (byte) 0xff, 0, 0}));
            assertEquals(before + 2 * MB, CodecMemory.ofProcess().used());
        }
        assertEquals(before, CodecMemory.ofProcess().used());
    }
}
