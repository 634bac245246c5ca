package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final int RED = 0xffff0000;
    private static final int WHITE = 0xffffffff;

    private static Overlay plain(int argb, int width, int height) {
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, argb);
        return Overlay.of(pixels, width, height);
    }

    private static int[] at(Picture picture, int x, int y) {
        AVFrame frame = picture.frame();
        return new int[] {sample(frame, 0, x, y), sample(frame, 1, x / 2, y / 2), sample(frame, 2, x / 2, y / 2)};
    }

    private static int sample(AVFrame frame, int plane, int x, int y) {
        return frame.data(plane).get((long) y * frame.linesize(plane) + x) & 0xff;
    }

    private static final int[] BLACK = {16, 128, 128};

    @Test
    void opaqueColoursAreThoseOfThePicturesMatrix() throws Exception {
        try (Picture picture = Picture.black(64, 32)) {
            picture.frame().colorspace(avutil.AVCOL_SPC_SMPTE170M);
            plain(RED, 16, 8).blend(picture, 8, 4);
            assertArrayEquals(new int[] {81, 90, 240}, at(picture, 8, 4));
            assertArrayEquals(new int[] {81, 90, 240}, at(picture, 23, 11));
            assertArrayEquals(BLACK, at(picture, 24, 4));
            assertArrayEquals(BLACK, at(picture, 8, 12));
            assertArrayEquals(BLACK, at(picture, 6, 4));
            picture.frame().colorspace(avutil.AVCOL_SPC_BT709);
            plain(RED, 16, 8).blend(picture, 8, 4);
            assertArrayEquals(new int[] {63, 102, 240}, at(picture, 8, 4));
        }
    }

    @Test
    void transparentPixelsLetThePictureThrough() throws Exception {
        try (Picture picture = Picture.black(64, 32)) {
            plain(WHITE & 0x80ffffff, 16, 8).blend(picture, 0, 0);
            assertEquals(16 + Math.round(219 * 128 / 255.0), at(picture, 3, 3)[0]);
            plain(WHITE & 0xffffff, 16, 8).blend(picture, 32, 0);
            assertArrayEquals(BLACK, at(picture, 40, 3));
        }
    }

    @Test
    void whatIsOutsideOfThePictureIsLeftOut_oddSizesToo() throws Exception {
        try (Picture picture = Picture.black(64, 32)) {
            plain(WHITE, 15, 7).blend(picture, 56, 28);
            plain(WHITE, 15, 7).blend(picture, -8, -4);
            plain(WHITE, 15, 7).blend(picture, 100, 100);
            assertEquals(235, at(picture, 63, 31)[0]);
            assertEquals(235, at(picture, 6, 2)[0]);
            assertEquals(16, at(picture, 7, 2)[0]);
            assertEquals(16, at(picture, 55, 31)[0]);
        }
    }

    @Test
    void otherReferencesKeepTheirSamples() throws Exception {
        try (Picture picture = Picture.black(64, 32);
                Picture other = picture.share()) {
            plain(WHITE, 64, 32).blend(picture, 0, 0);
            assertArrayEquals(BLACK, at(other, 20, 20));
        }
    }

    @Test
    void tooFewPixelsAreNoImage() {
        assertThrows(IllegalArgumentException.class, () -> Overlay.of(new int[10], 4, 4));
        assertThrows(IllegalArgumentException.class, () -> Overlay.of(new int[10], 0, 4));
    }
}
