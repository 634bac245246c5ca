package org.reelcast.mp4.read;

import java.util.PriorityQueue;
import org.reelcast.mp4.index.PageStore;
import org.reelcast.mp4.index.SamplePacker;
import org.reelcast.mp4.index.Timeline;
import org.reelcast.refusal.Refusal;

/**
 * Takes the frames of a track, which Matroska dates by when they are shown alone, and gives each the time at which it is
 * decoded: those at which they are shown, in order, so much earlier as reordered pictures need. For one thread.
 */
final class MatroskaSamples {
    /** Units a second: a microsecond each. */
    static final long TIMESCALE = 1_000_000;
    /** Where the film begins on the clock of the index: no time before it may be negative. */
    static final long BASE = 60 * TIMESCALE;
    /** More pictures than any codec reorders. */
    private static final int MOST_REORDERED = 16;
    /** Of a film that does not say how long its frames last, until two of them tell. */
    private static final long USUAL_FRAME_US = 40_000;

    private final SamplePacker packer;
    private final boolean isReordered;
    private final PriorityQueue<Long> shown = new PriorityQueue<>();
    private long frameUs;
    private int delay;
    private int taken;
    private long firstUs;
    private boolean isPending;
    private long position;
    private int size;
    private boolean sync;
    private long decodeUs;
    private long shownUs;

    /** @param frameUs how long a frame lasts; 0 when that is not known @param isReordered whether pictures may be */
    MatroskaSamples(PageStore store, long frameUs, boolean isReordered) {
        this.packer = new SamplePacker(Timeline.maxTime(TIMESCALE), store);
        this.frameUs = frameUs;
        this.isReordered = isReordered;
    }

    SamplePacker packer() {
        return packer;
    }

    /** How many pictures are decoded before one that is shown before them, by the first of them. To be called before the first. */
    void learn(long[] firstShownUs) {
        firstUs = Long.MAX_VALUE;
        for (int i = 0; i < firstShownUs.length; i++) {
            firstUs = Math.min(firstUs, firstShownUs[i]);
            int later = 0;
            for (int j = 0; isReordered && j < i; j++) {
                later += firstShownUs[j] > firstShownUs[i] ? 1 : 0;
            }
            delay = Math.min(MOST_REORDERED, Math.max(delay, later));
        }
        if (frameUs == 0) {
            frameUs = firstShownUs.length < 2 ? USUAL_FRAME_US : spacing(firstShownUs);
        }
    }

    private static long spacing(long[] times) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (long time : times) {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        return Math.max(1, (last - first) / (times.length - 1));
    }

    void add(long at, int bytes, long timeUs, boolean isKey) throws Refusal {
        long decode = decodeUs(timeUs + BASE);
        flush(decode);
        isPending = true;
        position = at;
        size = bytes;
        sync = isKey;
        decodeUs = decode;
        shownUs = timeUs + BASE;
    }

    private long decodeUs(long timeUs) {
        shown.add(timeUs);
        long decode = taken < delay ? firstUs + BASE - (delay - taken) * frameUs : shown.poll();
        taken++;
        return isPending ? Math.max(decode, decodeUs) : decode;
    }

    /** There is no more: the last frame lasts as long as others. */
    void end() throws Refusal {
        flush(decodeUs + frameUs);
        isPending = false;
    }

    private void flush(long nextUs) throws Refusal {
        if (isPending) {
            packer.add(
                    position,
                    size,
                    decodeUs,
                    (int) Math.min(Integer.MAX_VALUE, nextUs - decodeUs),
                    (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, shownUs - decodeUs)),
                    sync,
                    0);
        }
    }
}
