package org.reelcast.bitstream.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Colour;

/** Parameter sets written by x264; what they should say is what it was told. */
class SpsTest {
    private static final String HIGH = "67640028acd940780227e5c04400000fa40003a9803c60c658";

    private static Sps parse(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Sps.parse(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "6742c00bd902c4ec10400000fa40003a9803c50a92,66,11,176,144,false,1",
        HIGH + ",100,40,1920,1080,false,1",
        "674d401feca05a126ffc010000b4400000fa40003a9807c58b6580,77,31,720,576,true,1",
        "67f4000d919b282a33c7c5ffe01a0019e2000007d20001d4c01e28532c,244,13,322,182,false,3"
    })
    void writtenByX264_readsAsItWasMade(
            String hex, int profile, int level, int width, int height, boolean interlaced, int chroma) {
        Sps sps = parse(hex);
        assertEquals(profile, sps.profile());
        assertEquals(level, sps.level());
        assertEquals(width, sps.width());
        assertEquals(height, sps.height());
        assertEquals(interlaced, sps.interlaced());
        assertEquals(chroma, sps.chromaFormat());
        assertEquals(8, sps.bitDepth());
        assertEquals(30000 / 1001.0, sps.framesPerSecond(), 0.001);
        assertEquals(profile != 66, sps.mayReorder());
    }

    @Test
    void reorderFrames_areThoseOfTheVui() {
        assertEquals(2, parse(HIGH).reorderFrames());
        assertEquals(0, parse("6742c00bd902c4ec10400000fa40003a9803c50a92").reorderFrames());
    }

    /** Made by x264, told {@code sar}, {@code colorprim}, {@code transfer}, {@code colormatrix}, {@code fullrange}. */
    @ParameterizedTest
    @CsvSource({
        "6764000bacd942c4ec0440000003004000000c83c50a6580,1,1,2,2,2,false",
        "6764000bacd942c4effc010000b5b848804a000003000200000300641e28532c,64,45,9,16,9,true",
        "6764000bacd942c4ec09b2000003000200000300641e28532c,12,11,2,2,2,true"
    })
    void usability_saysColourAndPixelAspect(
            String hex, int width, int height, int primaries, int transfer, int matrix, boolean fullRange) {
        Sps sps = parse(hex);
        assertEquals(new AspectRatio(width, height), sps.pixelAspect());
        assertEquals(new Colour(primaries, transfer, matrix, fullRange), sps.colour());
    }

    @Test
    void cutShort_isNull() {
        byte[] whole = HexFormat.of().parseHex(HIGH);
        for (int length = 0; length < 10; length++) {
            assertNull(Sps.parse(whole, 0, length), length + " bytes");
        }
    }

    @Test
    void anyBytes_neverThrowAndNeverGiveAnImpossiblePicture() {
        Random random = new Random(264);
        byte[] good = HexFormat.of().parseHex(HIGH);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = Arrays.copyOf(good, 4 + random.nextInt(60));
            for (int flips = random.nextInt(12); flips >= 0; flips--) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            Sps sps = Sps.parse(bytes, 0, bytes.length);
            if (sps != null) {
                read++;
                assertTrue(sps.width() > 0 && sps.width() <= 16384 && sps.height() > 0 && sps.height() <= 32768);
            }
        }
        assertTrue(read > 1000, "only " + read + " could be read: the test does not reach far");
    }

    @Test
    void otherNalUnit_isNull() {
        byte[] bytes = HexFormat.of().parseHex(HIGH);
        bytes[0] = 0x68;
        assertNull(Sps.parse(bytes, 0, bytes.length));
        assertFalse(parse(HIGH).interlaced());
    }
}
