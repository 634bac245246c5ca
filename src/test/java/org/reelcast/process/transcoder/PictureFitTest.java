package org.reelcast.process.transcoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.PicturePlace;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Colour;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;

class PictureFitTest {

    private static H264Format format(int width, int height, int rotation) {
        return Format.video(Codec.H264, width, height, rotation);
    }

    private static PictureFit fit(int width, int height, H264Format format) {
        return PictureFit.of(new RequestedEncoding(width, height, 0, 0, 0, "", Optional.empty()), format)
                .orElseThrow();
    }

    private static void assertSize(int width, int height, PictureFit fit) {
        assertEquals(width + "x" + height, fit.width() + "x" + fit.height());
    }

    @Test
    void withoutAWishTheSizeStays_evenAndInSquarePixels() {
        assertSize(1280, 720, fit(0, 0, format(1280, 720, 0)));
        assertSize(852, 480, fit(0, 0, format(853, 480, 0)));
        assertSize(
                1024, 576, fit(0, 0, format(720, 576, 0).withDisplay(Colour.UNSPECIFIED, new AspectRatio(64, 45), 25)));
    }

    @Test
    void ofOneSideTheOtherFollows() {
        assertSize(640, 360, fit(640, 0, format(1280, 720, 0)));
        assertSize(426, 240, fit(0, 240, format(1280, 720, 0)));
        assertTrue(fit(0, 240, format(1280, 720, 0)).fills());
    }

    @Test
    void ofBothThePictureIsInProportionWithin() {
        PictureFit wide = fit(640, 480, format(1280, 720, 0));
        assertSize(640, 480, wide);
        assertEquals(new PicturePlace(0, 60, 640, 360), wide.place());
        PictureFit high = fit(640, 480, format(720, 1280, 0));
        assertEquals(new PicturePlace(184, 0, 270, 480), high.place());
        assertTrue(fit(640, 360, format(1280, 718, 0)).fills(), "bars of a pixel are none");
    }

    @Test
    void turnedFilmsComeOutUpright() {
        PictureFit turned = fit(0, 640, format(1280, 720, 90));
        assertSize(360, 640, turned);
        assertEquals(90, turned.rotation());
    }

    @Test
    void sizesThatNoEncoderTakesAreNone() {
        assertEquals(
                Optional.empty(),
                PictureFit.of(new RequestedEncoding(4096, 0, 0, 0, 0, "", Optional.empty()), format(16, 1600, 0)));
    }
}
