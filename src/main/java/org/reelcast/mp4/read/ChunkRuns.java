package org.reelcast.mp4.read;

import java.io.IOException;
import org.reelcast.mp4.box.Box;
import org.reelcast.mp4.box.Refusals;
import org.reelcast.mp4.box.TableReader;
import org.reelcast.mp4.box.Window;

/** How many samples each chunk has and how they are coded ({@code stsc}, ISO 14496-12 section 8.7.4). */
final class ChunkRuns {
    private final TableReader table;
    private final int sampleEntries;
    private long nextFirst;
    private long nextSamples;
    private long nextEntry;
    private long samples;
    private int entry;

    ChunkRuns(Window window, Box box, int sampleEntries) throws IOException {
        this.sampleEntries = sampleEntries;
        table = TableReader.of(window, box, 12);
        read();
        if (nextFirst != 1) {
            throw Refusals.broken("Table 'stsc' does not start with the first chunk");
        }
    }

    private void read() throws IOException {
        if (!table.nextEntry()) {
            nextFirst = Long.MAX_VALUE;
            return;
        }
        long before = nextFirst;
        nextFirst = table.u32();
        nextSamples = table.u32();
        nextEntry = table.u32();
        if (nextFirst <= before) {
            throw Refusals.broken("Table 'stsc' is not in order");
        }
        if (nextEntry < 1 || nextEntry > sampleEntries) {
            throw Refusals.broken("Table 'stsc' names sample entry " + nextEntry + " of " + sampleEntries);
        }
    }

    /** Goes on to chunk {@code chunk}, counted from 1. */
    void to(long chunk) throws IOException {
        while (nextFirst <= chunk) {
            samples = nextSamples;
            entry = (int) nextEntry - 1;
            read();
        }
    }

    long samplesPerChunk() {
        return samples;
    }

    /** Index of the sample entry, counted from 0. */
    int entry() {
        return entry;
    }
}
