package org.reelcast.process.mixer.layout;

/**
 * Where an input is shown on the canvas; all numbers are even, as chroma is half as large.
 *
 * @param x     left
 * @param y     top
 * @param crops whether the picture fills the cell, and what is too much of it is cut off; otherwise all of it is shown
 */
public record Cell(int x, int y, int width, int height, boolean crops) {
    private static final int LEAST = 2;

    /** A cell between these edges, which need not be even. */
    static Cell between(double left, double top, double right, double bottom, boolean crops) {
        int x = even(left);
        int y = even(top);
        return new Cell(x, y, Math.max(LEAST, even(right) - x), Math.max(LEAST, even(bottom) - y), crops);
    }

    /** The largest even number up to {@code value}. */
    public static int even(double value) {
        return (int) Math.floor(value / 2) * 2;
    }

    /** The largest part in the middle with that ratio of width to height. */
    public Cell fitting(double aspect) {
        double fittingWidth = Math.min(width, height * aspect);
        double fittingHeight = Math.min(height, width / aspect);
        double left = x + (width - fittingWidth) / 2;
        double top = y + (height - fittingHeight) / 2;
        int evenX = even(left);
        int evenY = even(top);
        return new Cell(
                evenX,
                evenY,
                Math.max(LEAST, even(fittingWidth + left - evenX)),
                Math.max(LEAST, even(fittingHeight + top - evenY)),
                crops);
    }

    /** Whether the two have any place in common. */
    public boolean overlaps(Cell other) {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
}
