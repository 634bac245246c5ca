package org.reelcast.output.hls.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.reelcast.media.Frame;

/**
 * Brings the frames of two tracks into the order of their decode times, although one track comes later than the other:
 * sound that is transcoded on its way does. A track that stays out for a while is not waited for. For one thread at a
 * time.
 */
final class TimeOrder {
    /** Longer than any transcoder holds sound; a publisher who is mute sends none. */
    private static final long LONGEST_WAIT_US = 1_000_000;

    private final Consumer<Frame> out;
    private final Deque<Frame> pictures = new ArrayDeque<>();
    private final Deque<Frame> sound = new ArrayDeque<>();
    private final boolean both;
    private long lastPictureUs = Long.MIN_VALUE;
    private long lastSoundUs = Long.MIN_VALUE;

    /** @param both whether the stream has two tracks */
    TimeOrder(boolean both, Consumer<Frame> out) {
        this.both = both;
        this.out = out;
    }

    void take(Frame frame) {
        if (frame.isVideo()) {
            pictures.add(frame);
            lastPictureUs = frame.decodeTimeUs();
        } else {
            sound.add(frame);
            lastSoundUs = frame.decodeTimeUs();
        }
        long latestUs = Math.max(lastPictureUs, lastSoundUs);
        give(both ? Math.max(Math.min(lastPictureUs, lastSoundUs), latestUs - LONGEST_WAIT_US) : latestUs);
    }

    /** Gives what is left. */
    void finish() {
        give(Long.MAX_VALUE);
    }

    private void give(long untilUs) {
        while (true) {
            Frame picture = pictures.peek();
            Frame heard = sound.peek();
            boolean soundFirst = picture == null || heard != null && heard.decodeTimeUs() <= picture.decodeTimeUs();
            Frame next = soundFirst ? heard : picture;
            if (next == null || next.decodeTimeUs() > untilUs) {
                return;
            }
            (soundFirst ? sound : pictures).remove();
            out.accept(next);
        }
    }
}
