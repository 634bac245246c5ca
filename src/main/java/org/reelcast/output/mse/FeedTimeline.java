package org.reelcast.output.mse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;
import org.reelcast.segment.UnbrokenAudio;

/**
 * Puts a stream's frames on one line without holes, once for all viewers: browsers play no further than they have both
 * sound and picture. Where sound is missing there is silence, where a picture is missing the last one is held. What a
 * film waited is taken out. For one thread at a time.
 */
final class FeedTimeline implements UnbrokenAudio.Output<Frame> {
    /** So much may the one be behind the other before something is put in its place: more than tasks are late. */
    static final long PATIENCE_US = 600_000;
    /** What is put there ends so much before the other, for what may still come. */
    private static final long MARGIN_US = 300_000;
    /** So much is filled at the most; what is missing beyond that is taken out. */
    static final long MAX_FILL_US = 60_000_000;
    /** Browsers show the last pictures only when others follow. */
    static final long TAIL_US = 300_000;
    /** They play nothing of what is shorter. */
    static final long SHORTEST_US = 2_600_000;
    /** Sound that came before the first picture. */
    private static final int MAX_EARLY = 200;

    private final VideoTimeline pictures;
    private final AudioForm sound;
    private final Consumer<MediaUnit> out;
    /** Null without sound, and before it begins. */
    private UnbrokenAudio<Frame> sounds;

    private final Deque<Frame> early = new ArrayDeque<>();
    private boolean started;
    private long startUs;
    private long shiftUs;

    /**
     * @param sound null without sound
     * @param out   takes the units; sound and picture each in order
     */
    FeedTimeline(boolean hasPicture, AudioForm sound, Consumer<MediaUnit> out) {
        this.pictures = hasPicture ? new VideoTimeline(out) : null;
        this.sound = sound;
        this.out = out;
    }

    /** The film stood still: what comes from now on is so much later than it would have been. */
    void waited(long us) {
        shiftUs -= us;
    }

    /** @return false when the next key frame is needed */
    boolean take(Frame frame) {
        if (!started && !start(frame)) {
            return true;
        }
        long timeUs = frame.presentationTimeUs() + shiftUs;
        long excessUs = timeUs - endUs() - MAX_FILL_US;
        if (excessUs > 0) {
            shiftUs -= excessUs;
            timeUs -= excessUs;
        }
        boolean inOrder = true;
        if (frame.isVideo()) {
            inOrder = pictures.take(frame, timeUs);
        } else {
            sounds.take(frame, timeUs);
        }
        keepUp();
        return inOrder;
    }

    private boolean start(Frame frame) {
        boolean first = pictures == null || frame.isVideo() && frame.isKey();
        if (!first) {
            if (!frame.isVideo()) {
                early.add(frame);
                if (early.size() > MAX_EARLY) {
                    early.remove();
                }
            }
            return false;
        }
        started = true;
        startUs = frame.presentationTimeUs() + shiftUs;
        if (sound != null) {
            sounds = sound.unbroken(startUs, this);
        }
        if (frame.isVideo()) {
            pictures.take(frame, startUs);
            early.forEach(unit -> sounds.take(unit, unit.presentationTimeUs() + shiftUs));
            early.clear();
            return false;
        }
        return true;
    }

    @Override
    public void unit(Frame unit, long timeUs) {
        out.accept(new MediaUnit(null, true, unit.presentationTimeUs(), timeUs, Records.sound(unit.slice(0)), null));
    }

    @Override
    public void silence(Slice unit, long timeUs) {
        out.accept(new MediaUnit(null, true, timeUs, timeUs, sound.silence(), null));
    }

    private long endUs() {
        return Math.max(
                pictures == null ? Long.MIN_VALUE : pictures.lastUs(),
                sounds == null ? Long.MIN_VALUE : sounds.endUs());
    }

    private void keepUp() {
        if (pictures == null || sounds == null) {
            return;
        }
        if (pictures.lastUs() - sounds.endUs() > PATIENCE_US) {
            sounds.fill(pictures.lastUs() - MARGIN_US);
        }
        if (sounds.endUs() - pictures.lastUs() > PATIENCE_US) {
            pictures.hold(sounds.endUs() - MARGIN_US);
        }
    }

    /** Nothing more comes: lets the last picture stand, and silence follow the last sound, until all has been seen. */
    void end() {
        if (!started) {
            return;
        }
        long endUs = Math.max(endUs() + TAIL_US, startUs + SHORTEST_US);
        if (pictures != null) {
            pictures.end(endUs);
        }
        if (sounds != null) {
            sounds.fill(endUs);
        }
    }
}
