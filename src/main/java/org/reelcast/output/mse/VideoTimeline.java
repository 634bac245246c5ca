package org.reelcast.output.mse;

import java.util.Optional;
import java.util.function.Consumer;
import org.reelcast.bitstream.h264.HoldableTrack;
import org.reelcast.media.Frame;

/** The picture of a stream, with held pictures where none comes. */
final class VideoTimeline {
    /** The usual distance between pictures, as far as held ones keep it. */
    private static final long MIN_INTERVAL_US = 16_000;

    private static final long MAX_INTERVAL_US = 200_000;
    private static final long FIRST_INTERVAL_US = 40_000;
    /** A picture that comes so much too early follows the last one at once. */
    private static final long TOLERANCE_US = 200_000;

    private static final long STEP_US = 1_000;

    private final Consumer<MediaUnit> out;
    private final HoldableTrack track = new HoldableTrack();
    private MediaUnit.Look look;
    private boolean awaitsKey = true;
    private long lastUs = Long.MIN_VALUE;
    private long intervalUs = FIRST_INTERVAL_US;

    VideoTimeline(Consumer<MediaUnit> out) {
        this.out = out;
    }

    /** When the last picture was. */
    long lastUs() {
        return lastUs;
    }

    /** @return false when the next key frame is needed */
    boolean take(Frame frame, long timeUs) {
        long us = timeUs;
        if (lastUs != Long.MIN_VALUE && us <= lastUs) {
            awaitsKey |= us < lastUs - TOLERANCE_US;
            us = lastUs + STEP_US;
        }
        if (awaitsKey && !frame.isKey()) {
            return false;
        }
        awaitsKey = false;
        if (lastUs != Long.MIN_VALUE) {
            if (us - lastUs > FeedTimeline.PATIENCE_US) {
                hold(us - intervalUs, intervalUs);
            } else {
                intervalUs = Math.max(MIN_INTERVAL_US, Math.min(MAX_INTERVAL_US, us - lastUs));
            }
        }
        if (track.take(frame)) {
            look = new MediaUnit.Look(
                    Records.pictureConfig(track.sps(), track.pps()),
                    frame.format().width(),
                    frame.format().height());
        }
        if (look == null) {
            awaitsKey = true;
            return false;
        }
        lastUs = us;
        out.accept(new MediaUnit(
                look,
                frame.isKey(),
                frame.presentationTimeUs(),
                us,
                Records.picture(frame.isKey(), track.units(frame)),
                frame.isKey() ? again().orElse(null) : null));
        return true;
    }

    /** Holds the last picture until then, by pictures at their usual distance. */
    void hold(long untilUs) {
        hold(untilUs, intervalUs);
    }

    /** Holds the last picture until then, by as many as browsers want behind it to show it. */
    void end(long untilUs) {
        hold(untilUs, Math.min(intervalUs, FIRST_INTERVAL_US));
    }

    private void hold(long untilUs, long stepUs) {
        if (look == null || lastUs == Long.MIN_VALUE) {
            return;
        }
        Optional<byte[]> again = again();
        while (again.isPresent() && lastUs + stepUs <= untilUs) {
            lastUs += stepUs;
            out.accept(new MediaUnit(look, false, lastUs, lastUs, again.get(), null));
        }
    }

    /** The last picture once more. */
    private Optional<byte[]> again() {
        return track.again().map(slice -> Records.picture(false, slice));
    }
}
