package org.reelcast.process.mixer.layout;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells: as many columns as rows, or one more column; the last row may have fewer cells. */
final class Grid {
    private final int count;
    private final int columns;
    private final int rows;

    Grid(int count) {
        this.count = count;
        this.columns = (int) Math.ceil(Math.sqrt(count));
        this.rows = (count + columns - 1) / columns;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** How many cells that row has. */
    int inRow(int row) {
        return Math.min(columns, count - row * columns);
    }

    /** Cells of one size around the middle of the canvas, a row that is not full in the middle as well. */
    List<Cell> cells(int width, int height, double cellWidth, double cellHeight, double gap) {
        List<Cell> cells = new ArrayList<>(count);
        double top = (height - rows * cellHeight - (rows - 1) * gap) / 2;
        for (int row = 0; row < rows; row++) {
            int inRow = inRow(row);
            double left = (width - inRow * cellWidth - (inRow - 1) * gap) / 2;
            double y = top + row * (cellHeight + gap);
            for (int column = 0; column < inRow; column++) {
                double x = left + column * (cellWidth + gap);
                cells.add(Cell.between(x, y, x + cellWidth, y + cellHeight, false));
            }
        }
        return cells;
    }
}
