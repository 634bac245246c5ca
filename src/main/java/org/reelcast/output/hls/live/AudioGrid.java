package org.reelcast.output.hls.live;

import java.util.function.Consumer;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.segment.UnbrokenAudio;

/** The sound of a live stream, which may come to be coded in another way, or stay out for long. For one thread at a time. */
final class AudioGrid implements UnbrokenAudio.Output<Frame> {
    /** A longer hole is none of the sound alone. */
    private static final long LONGEST_US = 10_000_000;

    private final Consumer<Frame> out;
    private AacFormat format;
    private UnbrokenAudio<Frame> line;

    AudioGrid(Consumer<Frame> out) {
        this.out = out;
    }

    /** Whether there was any sound. */
    boolean hasBegun() {
        return line != null;
    }

    void take(Frame frame) {
        long timeUs = frame.decodeTimeUs();
        if (!frame.format().equals(format) || timeUs - line.endUs() > LONGEST_US) {
            format = (AacFormat) frame.format();
            line = new UnbrokenAudio<>(format, timeUs, this);
        }
        line.take(frame, timeUs);
    }

    /** What should have begun before that time is silence. */
    void fill(long untilUs) {
        if (untilUs - line.endUs() < LONGEST_US) {
            line.fill(untilUs);
        }
    }

    @Override
    public void unit(Frame unit, long timeUs) {
        out.accept(unit.shifted(timeUs - unit.decodeTimeUs()));
    }

    @Override
    public void silence(Slice unit, long timeUs) {
        out.accept(new Frame(format, timeUs, timeUs, true, unit));
    }
}
