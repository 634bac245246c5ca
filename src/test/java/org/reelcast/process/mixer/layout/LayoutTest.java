package org.reelcast.process.mixer.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
    private static final double WIDE = 16.0 / 9;
    private static final Tile CAMERA = new Tile(WIDE, false);
    private static final Tile SCREEN = new Tile(WIDE, true);

    private static List<Tile> cameras(int count) {
        return Collections.nCopies(count, CAMERA);
    }

    private static Cell cell(int x, int y, int width, int height) {
        return new Cell(x, y, width, height, false);
    }

    private static Cell cropped(int x, int y, int width, int height) {
        return new Cell(x, y, width, height, true);
    }

    @Test
    void gridHasGaps_andItsLastRowIsInTheMiddle() {
        assertEquals(List.of(cell(10, 10, 1260, 700)), NamedLayout.GRID.cells(cameras(1), 1280, 720));
        assertEquals(
                List.of(cell(10, 10, 624, 700), cell(644, 10, 626, 700)),
                NamedLayout.GRID.cells(cameras(2), 1280, 720));
        assertEquals(
                List.of(cell(10, 10, 624, 344), cell(644, 10, 626, 344), cell(326, 364, 626, 346)),
                NamedLayout.GRID.cells(cameras(3), 1280, 720));
    }

    @Test
    void gridWithoutGapsIsTogetherInTheMiddle() {
        assertEquals(
                List.of(cell(0, 180, 640, 360), cell(640, 180, 640, 360)),
                NamedLayout.CENTER.cells(cameras(2), 1280, 720));
        assertEquals(
                List.of(cell(0, 0, 640, 360), cell(640, 0, 640, 360), cell(320, 360, 640, 360)),
                NamedLayout.CENTER.cells(cameras(3), 1280, 720));
        List<Cell> sixteen = NamedLayout.CENTER.cells(cameras(16), 1280, 720);
        assertEquals(cell(0, 0, 320, 180), sixteen.get(0));
        assertEquals(cell(960, 540, 320, 180), sixteen.get(15));
    }

    @Test
    void croppingGridFillsTheCanvas() {
        assertEquals(
                List.of(cropped(0, 0, 640, 360), cropped(640, 0, 640, 360), cropped(0, 360, 1280, 360)),
                NamedLayout.CROP.cells(cameras(3), 1280, 720));
    }

    @Test
    void pictureInPictureHasTheFirstOrTheSharedScreenLarge() {
        assertEquals(
                List.of(cell(0, 0, 1280, 720), cropped(960, 534, 310, 176)),
                NamedLayout.PICTURE_IN_PICTURE.cells(cameras(2), 1280, 720));
        assertEquals(
                List.of(cropped(960, 534, 310, 176), cell(0, 0, 1280, 720), cropped(640, 534, 310, 176)),
                NamedLayout.PICTURE_IN_PICTURE.cells(List.of(CAMERA, SCREEN, CAMERA), 1280, 720));
    }

    @Test
    void sharedScreenIsLarge_whereItIsAlignedTo() {
        List<Tile> tiles = List.of(CAMERA, SCREEN, CAMERA);
        assertEquals(
                List.of(cell(320, 540, 320, 180), cell(0, 0, 1280, 540), cell(640, 540, 320, 180)),
                new DesktopLayout(DesktopLayout.Align.TOP).cells(tiles, 1280, 720));
        assertEquals(
                List.of(cell(320, 0, 320, 180), cell(0, 180, 1280, 540), cell(640, 0, 320, 180)),
                new DesktopLayout(DesktopLayout.Align.BOTTOM).cells(tiles, 1280, 720));
        assertEquals(
                List.of(cell(960, 180, 320, 180), cell(0, 0, 960, 720), cell(960, 360, 320, 180)),
                new DesktopLayout(DesktopLayout.Align.LEFT).cells(tiles, 1280, 720));
        assertEquals(
                List.of(cell(0, 180, 320, 180), cell(320, 0, 960, 720), cell(0, 360, 320, 180)),
                new DesktopLayout(DesktopLayout.Align.RIGHT).cells(tiles, 1280, 720));
        assertEquals(
                List.of(cell(480, 0, 320, 180), cell(0, 180, 1280, 360), cell(480, 540, 320, 180)),
                new DesktopLayout(DesktopLayout.Align.CENTER).cells(tiles, 1280, 720));
        assertEquals(
                List.of(cell(0, 0, 1280, 720)),
                new DesktopLayout(DesktopLayout.Align.TOP).cells(List.of(SCREEN), 1280, 720));
    }

    static Stream<Layout> layouts() {
        List<Layout> all = new ArrayList<>(List.of(NamedLayout.values()));
        for (DesktopLayout.Align align : DesktopLayout.Align.values()) {
            all.add(new DesktopLayout(align));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void cellsAreEvenAndOnTheCanvas_whateverTheirNumberAndItsSize(Layout layout) {
        for (int[] size : new int[][] {{1280, 720}, {720, 1280}, {64, 64}, {1918, 1078}, {320, 64}}) {
            for (int count = 1; count <= 16; count++) {
                List<Cell> cells = layout.cells(cameras(count), size[0], size[1]);
                assertEquals(count, cells.size());
                for (Cell cell : cells) {
                    assertTrue(
                            cell.x() >= 0
                                    && cell.y() >= 0
                                    && cell.width() > 0
                                    && cell.height() > 0
                                    && cell.x() + cell.width() <= size[0]
                                    && cell.y() + cell.height() <= size[1]
                                    && ((cell.x() | cell.y() | cell.width() | cell.height()) & 1) == 0,
                            () -> cell + " on " + size[0] + "x" + size[1]);
                }
                if (layout != NamedLayout.PICTURE_IN_PICTURE) {
                    assertFalse(overlap(cells), () -> layout + " " + cells);
                }
            }
        }
    }

    private static boolean overlap(List<Cell> cells) {
        for (int i = 0; i < cells.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (cells.get(i).overlaps(cells.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aPictureIsFittedIntoItsCellInProportion() {
        assertEquals(cell(10, 184, 624, 350), cell(10, 10, 624, 700).fitting(WIDE));
        assertEquals(cell(100, 0, 200, 200), cell(0, 0, 400, 200).fitting(1));
    }

    @Test
    void layoutsAreKnownByTheNamesOfWcsClasses() {
        assertEquals(
                Optional.of(NamedLayout.CENTER),
                NamedLayout.named("com.flashphoner.media.mixer.video.presentation.CenterNoPaddingGridLayout"));
        assertEquals(Optional.of(NamedLayout.PICTURE_IN_PICTURE), NamedLayout.named("PictureInPictureLayout"));
        assertEquals(Optional.empty(), NamedLayout.named("com.flashphoner.mixerlayout.TestLayout"));
    }
}
