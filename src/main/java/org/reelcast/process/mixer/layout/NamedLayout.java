package org.reelcast.process.mixer.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The layouts that {@code mixer_layout_class} can name; the first three are WCS's. */
public enum NamedLayout implements Layout {
    /** Cells of one size with gaps between them, each with all of its picture. */
    GRID("GridLayout") {
        @Override
        public List<Cell> cells(List<Tile> tiles, int width, int height) {
            Grid grid = new Grid(tiles.size());
            double gap = gap(width);
            return grid.cells(
                    width,
                    height,
                    (width - (grid.columns() + 1) * gap) / grid.columns(),
                    (height - (grid.rows() + 1) * gap) / grid.rows(),
                    gap);
        }
    },
    /** Cells of the first picture's shape without gaps, together in the middle. */
    CENTER("CenterNoPaddingGridLayout") {
        @Override
        public List<Cell> cells(List<Tile> tiles, int width, int height) {
            Grid grid = new Grid(tiles.size());
            double aspect = tiles.get(0).aspect();
            double cellWidth = Math.min((double) width / grid.columns(), (double) height / grid.rows() * aspect);
            return grid.cells(width, height, cellWidth, cellWidth / aspect, 0);
        }
    },
    /** The whole canvas is filled without gaps; pictures are cropped to the shape of their cells. */
    CROP("CropNoPaddingGridLayout") {
        @Override
        public List<Cell> cells(List<Tile> tiles, int width, int height) {
            Grid grid = new Grid(tiles.size());
            List<Cell> cells = new ArrayList<>(tiles.size());
            double cellHeight = (double) height / grid.rows();
            for (int row = 0; row < grid.rows(); row++) {
                double cellWidth = (double) width / grid.inRow(row);
                for (int column = 0; column < grid.inRow(row); column++) {
                    cells.add(Cell.between(
                            column * cellWidth,
                            row * cellHeight,
                            (column + 1) * cellWidth,
                            (row + 1) * cellHeight,
                            true));
                }
            }
            return cells;
        }
    },
    /** One large, a shared screen if there is any, and the others small in the lower right corner on it. */
    PICTURE_IN_PICTURE("PictureInPictureLayout") {
        @Override
        public List<Cell> cells(List<Tile> tiles, int width, int height) {
            int main = main(tiles);
            List<Cell> cells = new ArrayList<>(tiles.size());
            int inRow = tiles.size() <= 1 + FEW ? FEW_IN_ROW : MANY_IN_ROW;
            double gap = gap(width);
            double smallWidth = (double) width / (inRow + 1) - gap;
            double smallHeight = smallWidth * height / width;
            for (int i = 0, small = 0; i < tiles.size(); i++) {
                if (i == main) {
                    cells.add(new Cell(0, 0, width, height, false));
                } else {
                    double right = width - gap - small % inRow * (smallWidth + gap);
                    double bottom = height - gap - small / inRow * (smallHeight + gap);
                    cells.add(Cell.between(right - smallWidth, bottom - smallHeight, right, bottom, true));
                    small++;
                }
            }
            return cells;
        }
    };

    /** Gaps are so large a part of the canvas' width: 10 of 1280. */
    private static final int GAPS = 128;

    private static final int FEW = 9;
    private static final int FEW_IN_ROW = 3;
    private static final int MANY_IN_ROW = 5;

    private final String className;

    NamedLayout(String className) {
        this.className = className;
    }

    static double gap(int width) {
        return (double) width / GAPS;
    }

    /** The one to be large: the first shared screen, or the first input. */
    static int main(List<Tile> tiles) {
        for (int i = 0; i < tiles.size(); i++) {
            if (tiles.get(i).desktop()) {
                return i;
            }
        }
        return 0;
    }

    /** By which settings and requests name it. */
    public String className() {
        return className;
    }

    /** The layout of that class, which may stand in a package as WCS's do. */
    public static Optional<NamedLayout> named(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return Arrays.stream(values())
                .filter(layout -> layout.className.equals(simple))
                .findFirst();
    }

    /** All names, for who has given another one. */
    public static String names() {
        return Arrays.stream(values()).map(NamedLayout::className).collect(Collectors.joining(", "));
    }
}
