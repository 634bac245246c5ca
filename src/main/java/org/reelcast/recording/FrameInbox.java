package org.reelcast.recording;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.codec.Frame;

/** Frames on their way from the loop to the disk, bounded; neither side ever waits for the other. */
final class FrameInbox {
    static final int MAX_BYTES = 32 << 20;
    static final int MAX_FRAMES = 8000;

    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    /** @return false when there is no room */
    boolean offer(Frame frame) {
        if (bytes.get() > MAX_BYTES || count.get() >= MAX_FRAMES) {
            return false;
        }
        bytes.addAndGet(frame.size());
        count.incrementAndGet();
        frames.add(frame);
        return true;
    }

    /** @return null when there is none */
    Frame poll() {
        Frame frame = frames.poll();
        if (frame != null) {
            bytes.addAndGet(-frame.size());
            count.decrementAndGet();
        }
        return frame;
    }
}
