package org.reelcast.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Formats are values: who compares two learns whether a decoder can go on. */
class FormatTest {

    private static DecoderConfig config(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new DecoderConfig(array);
    }

    @Test
    void decoderConfigs_areComparedByTheirBytes() {
        assertEquals(config(0x11, 0x90), config(0x11, 0x90));
        assertEquals(config(0x11, 0x90).hashCode(), config(0x11, 0x90).hashCode());
        assertNotEquals(config(0x11, 0x90), config(0x12, 0x10));
        assertEquals("1190", config(0x11, 0x90).toString());
        assertTrue(DecoderConfig.NONE.isEmpty());
    }

    @Test
    void pictures_areAlikeWhenAllOfThemIs() {
        H264Format plain = Format.video(Codec.H264, 640, 360, 0, 0x640028);
        assertEquals(plain, Format.video(Codec.H264, 640, 360, 0, 0x640028));
        H264Format described = plain.withConfig(config(1, 2), false)
                .withDisplay(new Colour(1, 1, 1, false), new AspectRatio(4, 3), 25)
                .withTrack(12_800, "deu");
        assertEquals(
                described,
                plain.withTrack(12_800, "deu")
                        .withConfig(config(1, 2), false)
                        .withDisplay(new Colour(1, 1, 1, false), new AspectRatio(4, 3), 25));
        assertNotEquals(described, described.withConfig(config(1, 3), false));
        assertNotEquals(described, described.withConfig(config(1, 2), true));
        assertNotEquals(described, described.withDisplay(Colour.UNSPECIFIED, new AspectRatio(4, 3), 25));
        assertNotEquals(described, described.withTrack(12_800, "eng"));
    }

    @Test
    void whatOneKindHas_isZeroInTheOther() {
        Format aac = new AacFormat(config(0x11, 0x90), 48_000, 2, 48_000, "eng");
        Format picture = Format.video(Codec.H264, 640, 360, 90);
        assertEquals(2, aac.channels());
        assertEquals(0, aac.width() + aac.height() + aac.rotation() + aac.profileLevelId());
        assertFalse(aac.isVideo());
        assertEquals(90, picture.rotation());
        assertEquals(0, picture.channels());
        assertTrue(picture.isVideo());
        assertEquals(48_000, Format.audio(Codec.OPUS, 2).timescale());
    }

    @Test
    void kindsAreNotMixed() {
        assertThrows(IllegalArgumentException.class, () -> Format.video(Codec.OPUS, 640, 360, 0));
        assertThrows(IllegalArgumentException.class, () -> Format.audio(Codec.H264, 2));
        assertThrows(IllegalArgumentException.class, () -> Format.audio(Codec.AAC, 2));
    }

    @Test
    void frameOfWhichAnEditShowsTheEnd_keepsWhereThatStartsWhenItIsMoved() {
        Frame frame = new Frame(Format.video(Codec.H264, 640, 360, 0), -80, -40, 10, true).shifted(100);
        assertEquals(20, frame.decodeTimeUs());
        assertEquals(60, frame.presentationTimeUs());
        assertEquals(110, frame.shownFromUs());
        assertEquals(60, new Frame(Format.audio(Codec.OPUS, 1), 60, 60, true).shownFromUs());
    }
}
