package org.reelcast.rendition.reencode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.reelcast.loop.NanoClock;
import org.reelcast.media.Frame;
import org.reelcast.rendition.cache.MemoryCache;

/** A segment of a re-encoded film: its pictures, as many as are made so far. The first is a key frame. */
final class Segment implements MemoryCache.Sized {
    private static final int FRAME_HEAP_BYTES = 160;
    /** Cameras for slow motion have a thousand a second, and a segment lasts for two, or for one picture. */
    static final int MOST_PICTURES = 5_000;

    private static final int MOST_MB = 128;
    /** Why there is no segment with more. */
    static final String TOO_MUCH =
            "there are more than " + MOST_PICTURES + " pictures or " + MOST_MB + " MB in two seconds of it";

    private final SegmentGrid.Bounds bounds;
    private final List<Frame> frames = new ArrayList<>();
    private boolean done;
    private IOException failure;
    private int heapBytes;

    Segment(SegmentGrid.Bounds bounds) {
        this.bounds = bounds;
    }

    SegmentGrid.Bounds bounds() {
        return bounds;
    }

    synchronized void add(Frame frame) {
        frames.add(frame);
        heapBytes += frame.size() + FRAME_HEAP_BYTES;
        notifyAll();
    }

    /** Whether it must not become larger: who made the file means no good, or no machine could show it. */
    synchronized boolean isFull() {
        return frames.size() >= MOST_PICTURES || heapBytes >= MOST_MB << 20;
    }

    synchronized void finish() {
        done = true;
        notifyAll();
    }

    /** It will not be finished: {@code why}, or null when merely nobody wanted it any more. */
    synchronized void fail(IOException why) {
        failure = why == null ? new IOException("Given up") : why;
        notifyAll();
    }

    /** Whether all its pictures are there. */
    synchronized boolean isDone() {
        return done;
    }

    /** Whether it is neither done nor failed. */
    synchronized boolean isUnderWay() {
        return !done && failure == null;
    }

    synchronized boolean isFailed() {
        return failure != null;
    }

    /** Why it will not be finished; null unless {@link #isFailed()}. */
    synchronized IOException failure() {
        return failure;
    }

    /** Picture {@code index}; null when it is not there, or not yet. */
    synchronized Frame frame(int index) {
        return index < frames.size() ? frames.get(index) : null;
    }

    /**
     * Picture {@code index}, waiting for it up to that time of the clock.
     *
     * @return null when it is not there by then, and when the segment is done or failed and has no such picture
     */
    synchronized Frame await(int index, NanoClock clock, long untilNs) throws IOException {
        while (index >= frames.size() && isUnderWay() && untilNs - clock.nowNs() > 0) {
            try {
                clock.await(this, untilNs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for a picture", e);
            }
        }
        return frame(index);
    }

    /** Waits until it is done or failed. @return false when no picture was added for {@code patienceNs} */
    synchronized boolean awaitEnd(NanoClock clock, long patienceNs) throws InterruptedException {
        while (isUnderWay()) {
            int before = frames.size();
            long untilNs = clock.nowNs() + patienceNs;
            while (isUnderWay() && frames.size() == before && untilNs - clock.nowNs() > 0) {
                clock.await(this, untilNs);
            }
            if (isUnderWay() && frames.size() == before) {
                return false;
            }
        }
        return true;
    }

    synchronized List<Frame> frames() {
        return List.copyOf(frames);
    }

    @Override
    public synchronized int heapBytes() {
        return heapBytes;
    }
}
