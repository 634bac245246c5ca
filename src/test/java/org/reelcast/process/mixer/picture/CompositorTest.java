package org.reelcast.process.mixer.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reelcast.codec.ffmpeg.FfmpegException;
import org.reelcast.codec.ffmpeg.Overlay;
import org.reelcast.codec.ffmpeg.Picture;
import org.reelcast.codec.ffmpeg.PicturePixels;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.process.mixer.layout.NamedLayout;

class CompositorTest {
    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int BLUE = 0x0000ff;
    private static final int WHITE = 0xffffff;
    private static final int GREY = 0x808080;
    private static final TextStyle STYLE = new TextStyle(20, 40, WHITE, 0x202020, 255);

    private final List<InputPicture> made = new ArrayList<>();
    private int openBefore;

    @BeforeEach
    void count() {
        openBefore = Picture.open();
    }

    @AfterEach
    void allAreClosed() {
        made.forEach(InputPicture::close);
        assertEquals(openBefore, Picture.open());
    }

    private static Picture plain(int rgb, int width, int height) throws FfmpegException {
        Picture picture = Picture.canvas(width, height);
        int[] pixels = new int[width * height];
        Arrays.fill(pixels, 0xff000000 | rgb);
        Overlay.of(pixels, width, height).blend(picture, 0, 0);
        return picture;
    }

    private static H264Format format(int width, int height) {
        return Format.video(Codec.H264, width, height, 0);
    }

    private InputPicture shown(int rgb, int width, int height) throws FfmpegException {
        InputPicture shown = InputPicture.of(plain(rgb, width, height), format(width, height));
        made.add(shown);
        return shown;
    }

    private static Input input(Object key, InputPicture shown) {
        return new Input(key, shown, "", "name", null, false, null);
    }

    private static void assertColour(int rgb, Picture canvas, int x, int y) {
        int actual = PicturePixels.rgb(canvas, x, y);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertEquals(
                    rgb >> shift & 0xff,
                    actual >> shift & 0xff,
                    4,
                    () -> String.format("%06x instead of %06x at %d, %d", actual, rgb, x, y));
        }
    }

    private static Compositor compositor(NamedLayout layout) throws FfmpegException {
        return new Compositor(1280, 720, GREY, layout, STYLE);
    }

    @Test
    void eachInputIsInItsCell_ofWhateverSizeAndMatrix() throws Exception {
        try (Compositor compositor = compositor(NamedLayout.CENTER)) {
            Picture canvas = compositor.compose(List.of(
                    input("a", shown(RED, 640, 360)),
                    input("b", shown(GREEN, 1920, 1080)),
                    input("c", shown(BLUE, 320, 180))));
            assertColour(RED, canvas, 4, 4);
            assertColour(RED, canvas, 636, 356);
            assertColour(GREEN, canvas, 644, 4);
            assertColour(BLUE, canvas, 640, 540);
            assertColour(GREY, canvas, 100, 540);
        }
    }

    @Test
    void shapesAreKept_byBarsOrByCropping() throws Exception {
        try (Compositor compositor = compositor(NamedLayout.GRID)) {
            Picture canvas = compositor.compose(List.of(input("a", shown(RED, 360, 640))));
            assertColour(RED, canvas, 640, 20);
            assertColour(GREY, canvas, 200, 360);
            compositor.layout(NamedLayout.CROP);
            compositor.compose(List.of(input("a", shown(RED, 360, 640))));
            assertColour(RED, canvas, 20, 360);
            assertColour(RED, canvas, 1260, 700);
        }
    }

    @Test
    void pixelsThatAreNotSquare_andTurnedPictures() throws Exception {
        H264Format wide = format(320, 240).withDisplay(org.reelcast.media.Colour.UNSPECIFIED, AspectRatio.of(4, 3), 25);
        try (InputPicture stretched = InputPicture.of(plain(RED, 320, 240), wide);
                InputPicture turned = InputPicture.of(plain(RED, 320, 180), Format.video(Codec.H264, 320, 180, 90))) {
            assertEquals(16.0 / 9, stretched.aspect(), 0.01);
            assertEquals(9.0 / 16, turned.aspect(), 0.01);
            assertEquals(180, turned.cropped(9.0 / 16).height());
            assertEquals(102, turned.cropped(16.0 / 9).width());
        }
    }

    @Test
    void anInputThatIsInFrontStaysThere_whenTheOneBehindItGoesOn() throws Exception {
        try (Compositor compositor = compositor(NamedLayout.PICTURE_IN_PICTURE)) {
            Input small = input("small", shown(GREEN, 320, 180));
            compositor.compose(List.of(input("large", shown(RED, 640, 360)), small));
            Picture canvas = compositor.compose(List.of(input("large", shown(BLUE, 640, 360)), small));
            assertColour(BLUE, canvas, 100, 100);
            assertColour(GREEN, canvas, 1200, 650);
        }
    }

    @Test
    void inputsComeAndGo_andNothingOfThemStays() throws Exception {
        try (Compositor compositor = compositor(NamedLayout.GRID)) {
            Input one = input("a", shown(RED, 640, 360));
            Picture canvas = compositor.compose(List.of(one, input("b", shown(GREEN, 640, 360))));
            assertColour(GREEN, canvas, 960, 360);
            compositor.compose(List.of(one));
            assertColour(RED, canvas, 960, 360);
            compositor.compose(List.of());
            assertColour(GREY, canvas, 640, 360);
            compositor.background(BLUE, null);
            compositor.compose(List.of());
            assertColour(BLUE, canvas, 640, 360);
        }
    }

    @Test
    void labelsAreWrittenAtTheLowerLeft_andChange() throws Exception {
        InputPicture red = shown(RED, 1280, 720);
        try (Compositor compositor = compositor(NamedLayout.CENTER)) {
            Picture canvas = compositor.compose(List.of(new Input("a", red, "WWWW", "a", null, false, null)));
            assertColour(0x202020, canvas, 2, 718);
            int[] wide = boxWidth(canvas);
            compositor.compose(List.of(new Input("a", red, "W", "a", null, false, null)));
            assertTrue(boxWidth(canvas)[0] < wide[0] && boxWidth(canvas)[0] > 10);
            compositor.compose(List.of(input("a", red)));
            assertColour(RED, canvas, 2, 718);
        }
    }

    private static int[] boxWidth(Picture canvas) {
        int x = 0;
        while (PicturePixels.rgb(canvas, x, 718) >> 16 < 0x80) {
            x += 2;
        }
        return new int[] {x};
    }

    @Test
    void aLabelOfTenThousandEmojiIsCutToItsCell() throws Exception {
        InputPicture red = shown(RED, 640, 360);
        try (Compositor compositor = new Compositor(128, 72, GREY, NamedLayout.CENTER, STYLE)) {
            Picture canvas = compositor.compose(
                    List.of(new Input("a", red, "\uD83D\uDE00".repeat(10_000), "a", null, false, null)));
            assertColour(RED, canvas, 64, 10);
        }
        Optional<Overlay> label = new TextPainter(STYLE).label("x".repeat(1000), 300);
        assertTrue(label.orElseThrow().width() <= 300 && label.get().width() > 250);
        assertTrue(new TextPainter(STYLE).label("wide", 8).isEmpty());
    }

    @Test
    void withoutAPictureTheNameOrTheAvatarStandsThere() throws Exception {
        BufferedImage avatar = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = avatar.createGraphics();
        graphics.setColor(Color.BLUE);
        graphics.fillRect(0, 0, 10, 10);
        graphics.dispose();
        try (Compositor compositor = compositor(NamedLayout.CENTER)) {
            Picture canvas = compositor.compose(List.of(new Input("a", null, "", "MMMM", null, false, null)));
            int[] grey = {PicturePixels.rgb(canvas, 10, 10), PicturePixels.rgb(canvas, 1270, 710)};
            assertEquals(0x40, grey[0] & 0xff, 4);
            assertArrayEquals(new int[] {grey[0], grey[0]}, grey);
            int bright = 0;
            for (int x = 540; x < 740; x++) {
                bright += (PicturePixels.rgb(canvas, x, 360) & 0xff) > 0xc0 ? 1 : 0;
            }
            assertNotEquals(0, bright, "letters in the middle");
            compositor.compose(List.of(new Input("a", null, "", "MMMM", avatar, false, null)));
            assertColour(BLUE, canvas, 640, 360);
            assertEquals(grey[0], PicturePixels.rgb(canvas, 10, 10));
        }
    }

    @Test
    void thePictureThatComesHidesWhatStoodInForIt() throws Exception {
        try (Compositor compositor = compositor(NamedLayout.GRID)) {
            Picture canvas = compositor.compose(List.of(input("a", null), input("b", null), input("c", null)));
            compositor.compose(List.of(
                    input("a", shown(RED, 640, 360)),
                    input("b", shown(RED, 640, 360)),
                    input("c", shown(RED, 640, 360))));
            for (int x = 0; x < 1280; x += 2) {
                int rgb = PicturePixels.rgb(canvas, x, 500);
                assertTrue(
                        (rgb & 0xff) < 0x20 || (rgb & 0xff) > 0x70, () -> "grey is left: " + Integer.toHexString(rgb));
            }
        }
    }

    @Test
    void picturesWaitForTheirTime_andTheNewestOneDueIsShown() throws Exception {
        try (PictureQueue shelf = new PictureQueue(200_000)) {
            assertNull(shelf.take(0));
            for (int i = 0; i < 4; i++) {
                shelf.put(at(i * 40_000));
            }
            try (InputPicture second = shelf.take(79_999)) {
                assertEquals(40_000, second.picture().timeUs());
            }
            assertNull(shelf.take(79_999));
            try (InputPicture last = shelf.take(1_000_000)) {
                assertEquals(120_000, last.picture().timeUs());
            }
            for (int i = 0; i < 30; i++) {
                shelf.put(at(i * 40_000));
            }
            assertEquals(12, shelf.dropped());
        }
    }

    private static InputPicture at(long timeUs) throws FfmpegException {
        Picture picture = plain(RED, 64, 32);
        picture.timeUs(timeUs);
        return InputPicture.of(picture, format(64, 32));
    }
}
