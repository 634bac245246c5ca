package org.reelcast.bitstream.h264;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NalCursorTest {

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void units_comeInOrderWhateverTheLengthSize(int lengthSize) {
        byte[] sample = new byte[2 * lengthSize + 3 + 5];
        sample[lengthSize - 1] = 3;
        sample[lengthSize] = 0x65;
        sample[2 * lengthSize + 2] = 5;
        sample[2 * lengthSize + 3] = 0x41;
        NalCursor cursor = new NalCursor().reset(sample, 0, sample.length, lengthSize);
        assertTrue(cursor.next());
        assertEquals(NalType.IDR, cursor.type());
        assertEquals(3, cursor.length());
        assertTrue(cursor.next());
        assertEquals(NalType.SLICE, cursor.type());
        assertEquals(5, cursor.length());
        assertFalse(cursor.next());
        assertFalse(cursor.broken());
    }

    @Test
    void emptyUnitsAndSpareBytes_areSkipped() {
        byte[] sample = bytes(0, 0, 0, 0, 0, 0, 0, 1, 0x41, 0, 0);
        NalCursor cursor = new NalCursor().reset(sample, 0, sample.length, 4);
        assertTrue(cursor.next());
        assertEquals(1, cursor.length());
        assertFalse(cursor.next());
        assertFalse(cursor.broken());
    }

    @Test
    void lengthPastTheSample_isBroken() {
        byte[] sample = bytes(0, 0, 0, 2, 0x41, 0x42, 0xff, 0xff, 0xff, 0xff, 0x41);
        NalCursor cursor = new NalCursor().reset(sample, 0, sample.length, 4);
        assertTrue(cursor.next());
        assertFalse(cursor.next());
        assertTrue(cursor.broken());
        assertEquals("a NAL unit claims 4294967295 bytes where 1 are left", cursor.problem());
    }

    private static List<String> units(int lengthSize, int... sample) {
        List<String> units = new ArrayList<>();
        NalCursor cursor = new NalCursor().reset(bytes(sample), 0, sample.length, lengthSize);
        while (cursor.next()) {
            units.add(HexFormat.of().formatHex(cursor.array(), cursor.offset(), cursor.offset() + cursor.length()));
        }
        assertFalse(cursor.broken());
        return units;
    }

    @Test
    void byteStream_isWalkedByItsStartCodes() {
        assertEquals(List.of("6742", "65800f"), units(4, 0, 0, 0, 1, 0x67, 0x42, 0, 0, 0, 1, 0x65, 0x80, 0x0f, 0, 0));
        assertEquals(List.of("6742", "65800f"), units(4, 0, 0, 1, 0x67, 0x42, 0, 0, 1, 0x65, 0x80, 0x0f));
        assertEquals(List.of("6742", "65800f"), units(2, 0, 0, 1, 0x67, 0x42, 0, 0, 1, 0x65, 0x80, 0x0f));
        assertEquals(List.of(), units(4, 0, 0, 1, 0, 0, 1, 0, 0, 0));
    }

    /** A unit of one byte, or of 256 to 511, looks like a start code. */
    @Test
    void lengthThatLooksLikeAStartCode_isOne() {
        assertEquals(List.of("09", "4180"), units(4, 0, 0, 0, 1, 0x09, 0, 0, 0, 2, 0x41, 0x80));
        int[] sample = new int[4 + 257];
        sample[2] = 1;
        sample[3] = 1;
        Arrays.fill(sample, 4, sample.length, 0x41);
        assertEquals(List.of("41".repeat(257)), units(4, sample));
    }

    @Test
    void unitsWithinAUnit_comeOneByOne() {
        assertEquals(
                List.of("6e800f", "419a", "0981"),
                units(4, 0, 0, 0, 9, 0x6e, 0x80, 0x0f, 0, 0, 0, 1, 0x41, 0x9a, 0, 0, 0, 2, 0x09, 0x81));
        assertEquals(List.of("419a", "419b"), units(1, 7, 0x41, 0x9a, 0, 0, 1, 0x41, 0x9b));
        assertEquals(List.of("0980"), units(1, 6, 0, 0, 1, 0x09, 0x80, 0));
    }

    @Test
    void anyBytes_neverLeadOutOfTheSample() {
        Random random = new Random(14496);
        NalCursor cursor = new NalCursor();
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[60];
            random.nextBytes(bytes);
            for (int zeros = random.nextInt(50); zeros > 0; zeros--) {
                bytes[random.nextInt(60)] = 0;
            }
            int from = random.nextInt(20);
            int length = random.nextInt(40);
            cursor.reset(bytes, from, length, 1 + random.nextInt(4));
            while (cursor.next()) {
                assertTrue(cursor.offset() >= from
                        && cursor.length() > 0
                        && cursor.offset() + cursor.length() <= from + length);
                cursor.isBSlice();
                SliceHeader.parse(cursor.array(), cursor.offset(), cursor.length());
            }
        }
    }

    /** The bits of first_mb_in_slice, slice_type and pic_parameter_set_id, each ue(v). */
    @ParameterizedTest
    @CsvSource({
        "1 1 1,0,0,false",
        "1 010 1,0,1,true",
        "1 011 1,0,2,false",
        "1 00110 1,0,5,false",
        "1 00111 1,0,6,true",
        "1 0001000 1,0,7,false",
        "00110 010 010,5,1,true",
        "00000000100000010 00111 1,257,6,true"
    })
    void sliceType_isRead(String bits, int firstMacroblock, int type, boolean b) {
        byte[] slice = new byte[8];
        slice[0] = NalType.SLICE;
        String all = bits.replace(" ", "");
        for (int i = 0; i < all.length(); i++) {
            slice[1 + i / 8] |= (byte) ((all.charAt(i) - '0') << 7 - i % 8);
        }
        SliceHeader parsed = SliceHeader.parse(slice, 0, slice.length);
        assertEquals(b, SliceHeader.isB(slice, 0, slice.length));
        assertEquals(b, parsed.isB());
        assertEquals(type, parsed.sliceType());
        assertEquals(firstMacroblock, parsed.firstMacroblock());
    }

    @Test
    void sliceThatIsNone_isNullAndNotB() {
        assertNull(SliceHeader.parse(bytes(0x67, 0x64), 0, 2));
        assertNull(SliceHeader.parse(bytes(0x01), 0, 1));
        assertFalse(SliceHeader.isB(bytes(0x01, 0, 0, 0, 0, 0, 0), 0, 7));
    }
}
