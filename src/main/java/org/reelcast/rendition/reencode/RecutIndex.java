package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.Arrays;
import org.reelcast.media.FrameIndex;
import org.reelcast.mp4.read.Track;
import org.reelcast.rendition.samples.SampleIndex;

/**
 * The pictures that a re-encoded film will have, before they are made: those of the file in the order in which they are
 * shown, of which the first of each segment is a key frame. How large they become is a guess.
 */
final class RecutIndex implements FrameIndex {
    /** What is made is larger than the film, by no more than this as a rule. */
    private static final int BYTES_A_BYTE = 2;

    private final EncodingSpec spec;
    private final long[] timesUs;
    private final int size;
    private int at = -1;
    private long nextKeyUs = Long.MIN_VALUE;
    private boolean key;

    /** Reads the whole index. */
    RecutIndex(EncodingSpec spec) throws IOException {
        this.spec = spec;
        Track track = spec.track();
        long[] times = new long[1024];
        int count = 0;
        long bytes = 0;
        SampleIndex samples = new SampleIndex(track);
        while (samples.next()) {
            long timeUs = samples.presentationTimeUs();
            if (timeUs >= 0 && timeUs < track.durationUs()) {
                times = count == times.length ? Arrays.copyOf(times, count * 2) : times;
                times[count++] = timeUs;
                bytes += samples.size();
            }
        }
        timesUs = Arrays.stream(times, 0, count).sorted().distinct().toArray();
        size = (int) Math.min(Integer.MAX_VALUE, BYTES_A_BYTE * bytes / Math.max(1, timesUs.length));
    }

    /** Of more pictures than are shown some are left out. */
    @Override
    public boolean next() throws IOException {
        long lastUs = at < 0 ? 0 : timesUs[at];
        do {
            at++;
            key = at < timesUs.length && timesUs[at] >= nextKeyUs;
        } while (at < timesUs.length && !key && !spec.shows(timesUs[at], lastUs));
        if (key) {
            nextKeyUs = spec.grid().at(timesUs[at]).endUs();
        }
        return at < timesUs.length;
    }

    @Override
    public void seek(long timeUs) throws IOException {
        int found = Arrays.binarySearch(timesUs, spec.grid().at(timeUs).startUs());
        at = (found >= 0 ? found : -found - 1) - 1;
        nextKeyUs = Long.MIN_VALUE;
    }

    /** Nothing is reordered. */
    @Override
    public long decodeTimeUs() {
        return timesUs[at];
    }

    @Override
    public long presentationTimeUs() {
        return timesUs[at];
    }

    @Override
    public boolean isKey() {
        return key;
    }

    @Override
    public int size() {
        return size;
    }
}
