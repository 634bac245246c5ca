package org.reelcast.process.mixer.layout;

import java.util.ArrayList;
import java.util.List;

/**
 * One large and the others in a strip beside it: what WCS shows as soon as one input is a shared screen.
 *
 * @param align where the large one is
 */
public record DesktopLayout(Align align) implements Layout {
    /** The strip is so large a part of the canvas. */
    private static final int STRIP = 4;
    /** Cells of the strip are no wider than that. */
    private static final double WIDEST = 16.0 / 9;

    /** The values of {@code mixer_desktop_align}. */
    public enum Align {
        TOP,
        LEFT,
        RIGHT,
        BOTTOM,
        /** With the others above and below. */
        CENTER
    }

    private record Strip(double left, double top, double right, double bottom) {
        boolean upright() {
            return bottom - top > right - left;
        }

        Cell cell(int index, int count) {
            double thickness = upright() ? right - left : bottom - top;
            double length = upright() ? bottom - top : right - left;
            double each = Math.min(length / count, upright() ? thickness / WIDEST : thickness * WIDEST);
            double from = (length - each * count) / 2 + index * each;
            return upright()
                    ? Cell.between(left, top + from, right, top + from + each, false)
                    : Cell.between(left + from, top, left + from + each, bottom, false);
        }
    }

    @Override
    public List<Cell> cells(List<Tile> tiles, int width, int height) {
        int main = NamedLayout.main(tiles);
        int others = tiles.size() - 1;
        List<Strip> strips = strips(width, height, others);
        List<Cell> cells = new ArrayList<>(tiles.size());
        for (int i = 0, small = 0; i < tiles.size(); i++) {
            if (i == main) {
                cells.add(others == 0 ? new Cell(0, 0, width, height, false) : large(width, height));
            } else {
                int perStrip = (others + strips.size() - 1) / strips.size();
                int strip = small / perStrip;
                cells.add(strips.get(strip).cell(small % perStrip, Math.min(perStrip, others - strip * perStrip)));
                small++;
            }
        }
        return cells;
    }

    private Cell large(int width, int height) {
        double part = (STRIP - 1.0) / STRIP;
        return switch (align) {
            case TOP -> Cell.between(0, 0, width, height * part, false);
            case BOTTOM -> Cell.between(0, height * (1 - part), width, height, false);
            case LEFT -> Cell.between(0, 0, width * part, height, false);
            case RIGHT -> Cell.between(width * (1 - part), 0, width, height, false);
            case CENTER -> Cell.between(0, height * (1 - part), width, height * part, false);
        };
    }

    private List<Strip> strips(double width, double height, int others) {
        double thinHeight = height / STRIP;
        double thinWidth = width / STRIP;
        Strip above = new Strip(0, 0, width, thinHeight);
        Strip below = new Strip(0, height - thinHeight, width, height);
        return switch (align) {
            case TOP -> List.of(below);
            case BOTTOM -> List.of(above);
            case LEFT -> List.of(new Strip(width - thinWidth, 0, width, height));
            case RIGHT -> List.of(new Strip(0, 0, thinWidth, height));
            case CENTER -> others == 1 ? List.of(above) : List.of(above, below);
        };
    }
}
