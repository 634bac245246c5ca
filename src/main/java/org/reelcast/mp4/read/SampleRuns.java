package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;

/**
 * A value for each sample, in the order of the samples, out of a table of runs: how many samples have which value
 * ({@code stts}, {@code ctts}; ISO 14496-12 section 8.6.1), or which samples have a 1 where all others have a 0
 * ({@code stss}, section 8.6.2).
 */
final class SampleRuns {
    private final TableReader table;
    private final boolean numbers;
    private long sample;
    private long left;
    private int value;

    private SampleRuns(TableReader table, boolean numbers) {
        this.table = table;
        this.numbers = numbers;
    }

    /** Of {@code stts} or {@code ctts}. @param box may be null: no runs */
    static SampleRuns ofValues(Window window, Box box) throws IOException {
        return new SampleRuns(TableReader.of(window, box, 8), false);
    }

    /** Of {@code stss}. @param box may be null: no runs */
    static SampleRuns ofSyncs(Window window, Box box) throws IOException {
        return new SampleRuns(TableReader.of(window, box, 4), true);
    }

    boolean isEmpty() {
        return left == 0 && !table.hasEntry();
    }

    /** The next sample's value; behind the last run {@code beyond}. */
    int next(int beyond) throws IOException {
        sample++;
        while (left == 0) {
            if (!table.nextEntry()) {
                return beyond;
            }
            long entry = table.u32();
            // the run that ends with the sample of that number; none when it is not in order
            left = numbers ? Math.max(0, entry - sample + 1) : entry;
            value = numbers ? 0 : table.i32();
        }
        left--;
        return numbers && left == 0 ? 1 : value;
    }
}
