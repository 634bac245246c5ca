package org.reelcast.mp4;

import java.io.IOException;

/** A table of runs: how many samples have which value ({@code stts}, {@code ctts}; ISO 14496-12 section 8.6.1). */
final class RunTable {
    private final TableReader table;
    private long runs;
    private long left;
    private int value;

    /** @param box may be null: no runs */
    RunTable(Window window, Box box) throws IOException {
        if (box == null) {
            table = null;
            return;
        }
        runs = StblReader.entries(window, box, 4, 8);
        table = new TableReader(window.source(), box.payload() + 8, box.end());
    }

    boolean isEmpty() {
        return runs == 0 && left == 0;
    }

    /** The next sample's value; behind the last run {@code beyond}. */
    int next(int beyond) throws IOException {
        while (left == 0) {
            if (runs == 0) {
                return beyond;
            }
            runs--;
            left = table.u32();
            value = table.i32();
        }
        left--;
        return value;
    }
}
