package org.reelcast.output.hls.live;

import java.util.ArrayList;
import java.util.List;
import org.reelcast.media.Frame;
import org.reelcast.segment.SegmentFrames;
import org.reelcast.segment.SegmentPlan;

/** A part of a live segment: its frames, as they came. For one thread at a time until it is closed; then any. */
final class LivePart {
    /** Before each NAL unit. */
    private static final int LENGTH_BYTES = 4;

    private final long startUs;
    private final List<Frame> pictures = new ArrayList<>();
    private final List<Frame> sound = new ArrayList<>();
    private long endUs;
    private long soundEndUs;

    LivePart(long startUs) {
        this.startUs = startUs;
    }

    long startUs() {
        return startUs;
    }

    void add(Frame frame) {
        (frame.isVideo() ? pictures : sound).add(frame);
    }

    boolean isEmpty() {
        return pictures.isEmpty() && sound.isEmpty();
    }

    List<Frame> pictures() {
        return pictures;
    }

    List<Frame> sound() {
        return sound;
    }

    /** Nothing more is added. @param soundUnitUs how long a frame of sound lasts */
    void close(long untilUs, long soundUnitUs) {
        endUs = untilUs;
        soundEndUs = sound.isEmpty() ? 0 : sound.get(sound.size() - 1).decodeTimeUs() + soundUnitUs;
    }

    long lengthUs() {
        return endUs - startUs;
    }

    /** Whether it starts with a key frame, or has sound alone. */
    boolean isIndependent() {
        return pictures.isEmpty() || pictures.get(0).isKey();
    }

    long bytes() {
        return pictures.stream().mapToLong(Frame::size).sum()
                + sound.stream().mapToLong(Frame::size).sum();
    }

    /** Of its fragment, about. */
    long sentBytes() {
        int lengths = pictures.stream().mapToInt(Frame::slices).sum() * LENGTH_BYTES;
        return SegmentPlan.fragmentBytes(pictures.size() + sound.size(), bytes() + lengths);
    }

    SegmentFrames frames() {
        return new SegmentFrames(pictures, endUs, sound, soundEndUs);
    }
}
