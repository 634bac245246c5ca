package org.reelcast.codec.ffmpeg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final int WHITE = 235;
    private static final int BLACK = 16;

    private int openBefore;

    @BeforeEach
    void count() {
        openBefore = Picture.open();
    }

    @AfterEach
    void allAreClosed() {
        assertEquals(openBefore, Picture.open());
    }

    /** White on the left, black on the right. */
    private static Picture halves(int width, int height) throws FfmpegException {
        Picture picture = Picture.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                picture.frame().data(0).put((long) y * picture.frame().linesize(0) + x, (byte) WHITE);
            }
        }
        return picture;
    }

    private static int luma(Picture picture, int x, int y) {
        AVFrame frame = picture.frame();
        return frame.data(0).get((long) y * frame.linesize(0) + x) & 0xff;
    }

    @Test
    void referencesHaveTheSameSamplesUntilOneWantsItsOwn() throws Exception {
        try (Picture picture = halves(64, 32);
                Picture other = picture.share()) {
            assertEquals(WHITE, luma(other, 10, 10));
            other.own();
            other.blacken();
            assertEquals(BLACK, luma(other, 10, 10));
            assertEquals(WHITE, luma(picture, 10, 10));
        }
    }

    @Test
    void samplesOutliveTheReferenceTheyCameBy() throws Exception {
        Picture picture = halves(64, 32);
        try (Picture other = picture.share()) {
            picture.close();
            picture.close();
            assertEquals(WHITE, luma(other, 10, 10));
        }
    }

    @Test
    void drawsScaledIntoAPlaceAndLeavesTheRest() throws Exception {
        try (Picture picture = halves(640, 320);
                Picture canvas = PictureScaler.canvas(picture, 320, 240);
                PictureScaler scaler = PictureScaler.open()) {
            scaler.draw(picture, PictureArea.all(640, 320), 0, canvas, new PicturePlace(0, 40, 320, 160));
            assertEquals(BLACK, luma(canvas, 50, 20));
            assertEquals(WHITE, luma(canvas, 50, 60), 2);
            assertEquals(BLACK, luma(canvas, 250, 60), 2);
            assertEquals(BLACK, luma(canvas, 50, 220));
        }
    }

    @Test
    void drawsTurned() throws Exception {
        try (Picture picture = halves(640, 320);
                Picture canvas = Picture.black(160, 320);
                PictureScaler scaler = PictureScaler.open()) {
            PicturePlace all = new PicturePlace(0, 0, 160, 320);
            scaler.draw(picture, PictureArea.all(640, 320), 90, canvas, all);
            assertEquals(WHITE, luma(canvas, 80, 20), 2);
            assertEquals(BLACK, luma(canvas, 80, 300), 2);
            scaler.draw(picture, PictureArea.all(640, 320), 270, canvas, all);
            assertEquals(BLACK, luma(canvas, 80, 20), 2);
            assertEquals(WHITE, luma(canvas, 80, 300), 2);
        }
    }

    @Test
    void drawsAPartOnly() throws Exception {
        try (Picture picture = halves(640, 320);
                Picture canvas = Picture.black(320, 320);
                PictureScaler scaler = PictureScaler.open()) {
            assertFalse(PictureScaler.isAsWanted(picture, new PictureArea(0, 0, 320, 320, false), 320, 320));
            assertTrue(PictureScaler.isAsWanted(picture, PictureArea.all(640, 320), 640, 320));
            scaler.draw(picture, new PictureArea(0, 0, 320, 320, false), 0, canvas, new PicturePlace(0, 0, 320, 320));
            assertEquals(WHITE, luma(canvas, 10, 10), 2);
            assertEquals(WHITE, luma(canvas, 300, 300), 2);
        }
    }
}
