package org.reelcast.segment;

import java.util.Arrays;

/** Which format the segments of a film have that follow each other: mostly one, several where a picture changed its size. */
final class FormatRuns {
    private int[] starts = new int[1];
    private int[] formats = new int[1];
    private int count;

    /** That segment and those that follow have the format. */
    void begin(int segment, int format) {
        if (count > 0 && last() == format) {
            return;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            formats = Arrays.copyOf(formats, count * 2);
        }
        starts[count] = segment;
        formats[count] = format;
        count++;
    }

    int format(int segment) {
        int found = Arrays.binarySearch(starts, 0, count, segment);
        return formats[found >= 0 ? found : -found - 2];
    }

    int last() {
        return formats[count - 1];
    }

    long heapBytes() {
        return 8L * starts.length;
    }
}
