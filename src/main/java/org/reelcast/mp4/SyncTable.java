package org.reelcast.mp4;

import java.io.IOException;

/** Which samples are sync samples, asked for one after the other ({@code stss}, ISO 14496-12 section 8.6.2). */
final class SyncTable {
    private final TableReader table;
    private long left;
    private long nextSync;
    private long sample;

    /** @param box null when all are */
    SyncTable(Window window, Box box) throws IOException {
        if (box == null) {
            table = null;
            return;
        }
        left = StblReader.entries(window, box, 4, 4);
        table = new TableReader(window.source(), box.payload() + 8, box.end());
    }

    /** Whether the next sample is one. */
    boolean next() throws IOException {
        sample++;
        if (table == null) {
            return true;
        }
        while (nextSync < sample && left > 0) {
            left--;
            nextSync = table.u32();
        }
        return nextSync == sample;
    }
}
