package org.reelcast.output.mse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reelcast.media.AacFormat;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Slice;

/** The bytes, one by one as the SDK reads them. */
class RecordsTest {
    private static final byte[] HIGH_SPS = hex("6764001facd9405005bb0110000003001000000303c0f1831960");
    private static final byte[] PPS = hex("68ebe3cb22c0");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void headOfARecord() {
        byte[] picture = new byte[10];
        Records.putHead(picture, 1, true, 0x01020304, 0x0a0b);
        assertEquals("00 09 01020304 00000a0b".replace(" ", ""), hex(picture));
        byte[] sound = new byte[9];
        Records.putHead(sound, 0, false, 21, 7);
        assertEquals("08 00000015 00000007".replace(" ", ""), hex(sound));
    }

    @Test
    void configurationOfHighProfile_endsBehindTheLastSet() {
        assertEquals(
                ("17 00 000000 01 64001f ff e1 001a" + hex(HIGH_SPS) + "02 0006" + hex(PPS) + "0006" + hex(PPS))
                        .replace(" ", ""),
                hex(Records.pictureConfig(List.of(HIGH_SPS), List.of(PPS, PPS))));
    }

    @Test
    void pictures() {
        Slice some = new Slice(hex("99 65 01 02"), 1, 3);
        Slice other = Slice.of(hex("65 03"));
        assertEquals(
                "17 01 000000 00000003 650102 00000002 6503".replace(" ", ""), hex(Records.picture(true, some, other)));
        assertEquals("27 01 000000 00000002 6503".replace(" ", ""), hex(Records.picture(false, other)));
    }

    @Test
    void soundSaysNoMoreThanTheSdkReads() {
        AudioForm form = new AudioForm(new AacFormat(new DecoderConfig(hex("119056e500")), 48_000, 2, 48_000, "und"));
        assertEquals("001190", hex(form.config()));
        assertEquals("0121000000001c", hex(form.silence()));
        assertEquals("01aabb", hex(Records.sound(new Slice(hex("00aabb00"), 1, 2))));
        assertEquals(21_333, form.lengthUs(1));
        assertEquals(64_000, form.lengthUs(3));
    }
}
