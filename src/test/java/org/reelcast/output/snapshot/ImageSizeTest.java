package org.reelcast.output.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reelcast.media.AspectRatio;

class ImageSizeTest {

    @ParameterizedTest
    @CsvSource({
        "640, 360, 1, 1, 0, 640, 360",
        "720, 576, 64, 45, 0, 1024, 576",
        "720, 576, 16, 15, 0, 768, 576",
        "720, 480, 8, 9, 0, 720, 540",
        "640, 360, 1, 1, 90, 360, 640",
        "640, 360, 1, 1, 180, 640, 360",
        "720, 576, 64, 45, 270, 576, 1024",
        "640, 360, 1, 8, 0, 640, 2880",
        "640, 360, 1, 9, 0, 640, 360",
        "640, 360, 65535, 1, 0, 640, 360",
        "1, 1, 1, 1, 90, 1, 1"
    })
    void pixelsBecomeSquareAndPicturesAreTurned(
            int width, int height, int pixelWidth, int pixelHeight, int rotation, int shownWidth, int shownHeight) {
        assertEquals(
                new ImageSize(shownWidth, shownHeight),
                ImageSize.of(width, height, new AspectRatio(pixelWidth, pixelHeight), rotation));
    }

    @ParameterizedTest
    @CsvSource({
        "640, 360, 320, 320, 180",
        "640, 360, 639, 639, 359",
        "640, 360, 640, 640, 360",
        "640, 360, 3840, 640, 360",
        "360, 640, 320, 320, 569",
        "3840, 16, 16, 16, 1"
    })
    void imagesAreMadeSmallerInProportionAndNeverLarger(
            int width, int height, int maxWidth, int newWidth, int newHeight) {
        assertEquals(new ImageSize(newWidth, newHeight), new ImageSize(width, height).within(OptionalInt.of(maxWidth)));
    }

    @Test
    void imagesWithoutALimitKeepTheirSize() {
        assertEquals(new ImageSize(640, 360), new ImageSize(640, 360).within(OptionalInt.empty()));
    }
}
