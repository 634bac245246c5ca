package org.reelcast.source.vod;

import java.util.ArrayDeque;
import java.util.Queue;
import org.reelcast.bitstream.opus.OpusPacket;
import org.reelcast.bitstream.opus.SilentPacket;
import org.reelcast.media.Codec;
import org.reelcast.media.Format;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * Opus packets of a track in one piece, each beginning where the one before ends: a receiver takes a hole for a loss and
 * makes sound up. Silent packets stand in where the film has no sound, of 20 and 40 ms since some receivers take no
 * shorter ones; the sound behind a hole is up to 10 ms off for it. That adds up to nothing, as the next hole is measured
 * from where the sound belongs. Frames of other codecs come as they are.
 */
final class ContinuousAudio {
    private static final long NONE = Long.MIN_VALUE;
    private static final long MOST_OFF_US = SilentPacket.FRAME_US / 2;

    private final Queue<Frame> waiting = new ArrayDeque<>();
    private Format format;
    /** Where the last packet ended; {@link #NONE} before the first. */
    private long endUs = NONE;

    private boolean silence;

    /** Starts anew: what comes next follows nothing. */
    void clear() {
        waiting.clear();
        endUs = NONE;
    }

    /**
     * Takes the next frame in, of a packet that sounds on after {@code untilUs} those of its own frames that do not.
     *
     * @return whether what comes after it may still sound before {@code untilUs}
     */
    boolean add(Frame frame, long untilUs) {
        if (!isOpus(frame)) {
            waiting.add(frame);
            return true;
        }
        long limitUs = untilUs + MOST_OFF_US - moveUs(frame.presentationTimeUs());
        if (frame.presentationTimeUs() + OpusPacket.durationUs(frame.slice(0)) < limitUs) {
            waiting.add(frame);
            return true;
        }
        long timeUs = frame.presentationTimeUs();
        for (Slice part : OpusPacket.split(frame.slice(0))) {
            long partEndUs = timeUs + OpusPacket.durationUs(part);
            if (partEndUs >= limitUs) {
                break;
            }
            waiting.add(new Frame(frame.format(), timeUs, timeUs, true, part));
            timeUs = partEndUs;
        }
        return false;
    }

    /** By how much later a packet that belongs there comes, once holes before it are filled. */
    private long moveUs(long timeUs) {
        if (endUs == NONE) {
            return 0;
        }
        long holeUs = timeUs - endUs;
        long filledUs = Math.max(0, (holeUs + MOST_OFF_US - 1) / SilentPacket.FRAME_US * SilentPacket.FRAME_US);
        long moveUs = filledUs - holeUs;
        return moveUs <= MOST_OFF_US ? moveUs : 0;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next frame, or silence before it; null when none was added. */
    Frame next() {
        Frame frame = waiting.peek();
        if (frame == null || !isOpus(frame)) {
            return waiting.poll();
        }
        format = frame.format();
        long holeUs = endUs == NONE ? 0 : frame.presentationTimeUs() - endUs;
        if (holeUs > MOST_OFF_US) {
            return silence(holeUs + MOST_OFF_US - 1);
        }
        silence = false;
        waiting.remove();
        long moveUs = moveUs(frame.presentationTimeUs());
        Frame placed = moveUs == 0 ? frame : frame.shifted(moveUs);
        endUs = placed.presentationTimeUs() + OpusPacket.durationUs(placed.slice(0));
        return placed;
    }

    /** Silence behind the last packet as long as something else is shown, until {@code untilUs}; null when there is none. */
    Frame silenceUntil(long untilUs) {
        return endUs == NONE || endUs >= untilUs ? null : silence(Long.MAX_VALUE);
    }

    /** Whether the last frame that was given is none of the film's. */
    boolean isSilence() {
        return silence;
    }

    private Frame silence(long us) {
        Slice packet = SilentPacket.within(us);
        Frame frame = new Frame(format, endUs, endUs, true, packet);
        endUs += OpusPacket.durationUs(packet);
        silence = true;
        return frame;
    }

    private static boolean isOpus(Frame frame) {
        return frame.format().codec() == Codec.OPUS;
    }
}
