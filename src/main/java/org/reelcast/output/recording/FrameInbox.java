package org.reelcast.output.recording;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.reelcast.media.Frame;

/** Frames on their way from the loop to the disk, bounded; neither side ever waits for the other. */
final class FrameInbox {
    static final int MAX_BYTES = 32 << 20;
    static final int MAX_FRAMES = 8000;

    /** @param inStepUs what {@link org.reelcast.stream.Subscriber#onInStep} had said before this frame, 0 = nothing */
    record Item(Frame frame, long inStepUs) {
    }

    private final Queue<Item> frames = new ConcurrentLinkedQueue<>();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    /** @return false when there is no room */
    boolean offer(Frame frame, long inStepUs) {
        if (bytes.get() > MAX_BYTES || count.get() >= MAX_FRAMES) {
            return false;
        }
        bytes.addAndGet(frame.size());
        count.incrementAndGet();
        frames.add(new Item(frame, inStepUs));
        return true;
    }

    /** @return null when there is none */
    Item poll() {
        Item item = frames.poll();
        if (item != null) {
            bytes.addAndGet(-item.frame().size());
            count.decrementAndGet();
        }
        return item;
    }
}
