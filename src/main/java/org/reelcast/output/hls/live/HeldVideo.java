package org.reelcast.output.hls.live;

import java.util.Optional;
import java.util.function.Consumer;
import org.reelcast.bitstream.h264.HoldableTrack;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * The picture of a live stream, which is held where it stands for long, so that no part is longer than the target: that of
 * a shared screen comes once a second, that of a camera may stay out while its sound goes on. For one thread at a time.
 */
final class HeldVideo {
    /** A picture stands no longer: two of them are no longer than a part. */
    static final long LONGEST_US = Segmenter.PART_TARGET_US / 2;
    /** From one held picture to the next: parts are nearly full. */
    private static final long STEP_US = 50_000;
    /** A picture that comes when one is held already follows that at once. */
    private static final long LATE_STEP_US = 1_000;

    private final Consumer<Frame> out;
    private final HoldableTrack track = new HoldableTrack();
    /** Null before there is one, and in a hole. */
    private Frame last;
    /** When that, or the one that holds it, is shown. */
    private long lastUs;
    /** Whether that is later than the stream says. */
    private boolean ahead;
    /** When the last frame of either track was. */
    private long latestUs;

    /** @param out takes the frames of both tracks in the order of their times */
    HeldVideo(Consumer<Frame> out) {
        this.out = out;
    }

    /** Takes them likewise. */
    void take(Frame frame) {
        long timeUs = frame.decodeTimeUs();
        if (last != null) {
            if (timeUs - latestUs > Segmenter.HOLE_US) {
                last = null;
                ahead = false;
            } else {
                hold(timeUs);
            }
        }
        latestUs = timeUs;
        out.accept(frame.isVideo() ? picture(frame) : frame);
    }

    private Frame picture(Frame frame) {
        track.take(frame);
        Frame whole = frame.isKey()
                ? new Frame(frame.format(), frame.decodeTimeUs(), frame.presentationTimeUs(), true, track.units(frame))
                : frame;
        long lateUs = lastUs - whole.decodeTimeUs();
        ahead &= lateUs >= 0 && lateUs <= Segmenter.HOLE_US;
        last = ahead ? whole.shifted(lateUs + LATE_STEP_US) : whole;
        lastUs = last.decodeTimeUs();
        return last;
    }

    /** Pictures that are shown in another order than decoded are not held. */
    private void hold(long untilUs) {
        if (!ahead && untilUs - lastUs <= LONGEST_US || last.presentationTimeUs() != last.decodeTimeUs()) {
            return;
        }
        Optional<Slice> again = track.again();
        while (again.isPresent() && lastUs + STEP_US < untilUs) {
            lastUs += STEP_US;
            ahead = true;
            out.accept(new Frame(last.format(), lastUs, lastUs, false, again.get()));
        }
    }
}
