package org.reelcast.source.vod;

import java.io.IOException;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.reelcast.media.Frame;

/**
 * Plays a film's timeline on a clock: hands each frame out when it is due. Knows no clock and no thread; the caller
 * polls it at the deadline that the last poll gave, and whenever frames have come in.
 *
 * <p>One anchor, a moment of the film tied to a moment of the clock, decides all times, so nothing adds up to a drift.
 * The anchor moves only when frames came too late to be sent in time (a slow disk or link): the film then waits and
 * goes on where it was, sound and picture together. A track that is taken while the film plays comes from its last key
 * frame on: what lies before the present is handed out as such, and moves nothing.
 */
final class Playout {
    /** Lateness that a busy machine causes and that is caught up with at once; more was a wait for data. */
    static final long TOLERANCE_US = 40_000;

    /**
     * Sound leaves this much ahead of the picture of its moment. A browser holds sound back longer than a picture, to
     * be safe from jitter, and learns only over many seconds to make the picture wait for it.
     */
    static final long SOUND_LEAD_US = 40_000;

    /**
     * Sound that would leave before the next picture, and within this time, leaves with the picture before it: as the
     * last datagram of the same send it costs a viewer next to nothing.
     */
    static final long RIDE_US = 45_000;

    /** How soon to look again whether there is enough to play. */
    static final long RECHECK_US = 100_000;

    /** A track that has not come up to the present by then is one that comes too slowly: the film waits for it. */
    static final long CATCH_UP_US = 2_000_000;

    /** Takes what is handed out. */
    interface Out {

        /**
         * @param track of the film
         * @param past  whether the frame only leads up to the present
         */
        void frame(int track, Frame frame, boolean past);
    }

    private final FilmFrames queue;
    private final Reserve reserve;
    private final BooleanSupplier refilled;
    private long anchorClockUs;
    private boolean started;
    private boolean begun;
    private boolean starved;
    private boolean ended;
    /** Tracks that have not come up to the present yet. */
    private final BitSet behind = new BitSet();
    private long behindUntilUs;

    /**
     * @param reserve  what must be in hand of the film to play, at its start and after each wait
     * @param refilled whether the queue is full enough to go on after a wait
     */
    Playout(FilmFrames queue, Reserve reserve, BooleanSupplier refilled) {
        this.queue = queue;
        this.reserve = reserve;
        this.refilled = refilled;
    }

    /** The film's time 0 is now. */
    void start(long nowUs) {
        started = true;
        anchorClockUs = nowUs;
    }

    boolean isStarted() {
        return started;
    }

    /** The film's present, on the timeline of all passes; 0 before the start. It stands while the film waits. */
    long filmUs(long nowUs) {
        if (!started) {
            return 0;
        }
        Frame next = starved ? queue.peek() : null;
        long byClockUs = nowUs - anchorClockUs;
        return Math.max(0, next == null ? byClockUs : Math.min(byClockUs, next.decodeTimeUs()));
    }

    /**
     * A track is read from the present on. The film waits for it when it comes too slowly, unless others are on time:
     * then it is they that would be late, and the film waits by them.
     *
     * @param others tracks that are read already
     */
    void join(int track, BitSet others, long nowUs) {
        if (filmUs(nowUs) > 0) {
            BitSet onTime = (BitSet) others.clone();
            onTime.andNot(behind);
            behind.set(track);
            behindUntilUs = onTime.isEmpty() ? nowUs + CATCH_UP_US : Long.MAX_VALUE;
        }
    }

    /** A track is read no more. */
    void leave(int track) {
        behind.clear(track);
    }

    /** Whether the film is over: by its end or, then {@link #failure()} says why, before it. */
    boolean isEnded() {
        return ended;
    }

    IOException failure() {
        return queue.failure();
    }

    /**
     * Hands out what is due, times moved from the film's timeline to the clock's.
     *
     * @return when to poll again at the latest, {@link Long#MAX_VALUE} when only new frames can change anything
     */
    long poll(long nowUs, Out out) {
        long soundUntilUs = nowUs;
        while (started && !ended) {
            Frame frame = queue.peek();
            if (frame == null) {
                return queue.isComplete() ? pollEnd(nowUs) : starve();
            }
            int track = queue.track();
            long lateUs = nowUs - anchorClockUs - Math.max(0, frame.decodeTimeUs());
            if (isBehind(track, lateUs, nowUs)) {
                out.frame(track, queue.poll().shifted(anchorClockUs), true);
                continue;
            }
            boolean waited = starved && lateUs > TOLERANCE_US;
            if (!queue.isComplete() && (!begun && !reserve.isEnough(frame.decodeTimeUs())
                    || begun && waited && !(refilled.getAsBoolean() && reserve.isEnough(frame.decodeTimeUs())))) {
                starved = true;
                return nowUs + RECHECK_US;
            }
            if (waited) {
                anchorClockUs += lateUs;
            }
            begun = true;
            starved = false;
            long dueUs = anchorClockUs + leavesAtUs(frame);
            if (dueUs > (frame.isVideo() ? nowUs : soundUntilUs)) {
                return dueUs;
            }
            if (frame.isVideo()) {
                soundUntilUs = Math.max(nowUs, dueUs + RIDE_US);
            }
            out.frame(track, queue.poll().shifted(anchorClockUs), false);
        }
        return Long.MAX_VALUE;
    }

    private boolean isBehind(int track, long lateUs, long nowUs) {
        if (behind.get(track) && (lateUs <= 0 || nowUs > behindUntilUs)) {
            behind.clear(track);
        }
        return behind.get(track);
    }

    /** When the frame leaves, on its own timeline. */
    static long leavesAtUs(Frame frame) {
        return frame.decodeTimeUs() - (frame.isVideo() ? 0 : SOUND_LEAD_US);
    }

    private long starve() {
        starved = true;
        return Long.MAX_VALUE;
    }

    /** What came before a break still plays to its end: the last frame stays for its time. */
    private long pollEnd(long nowUs) {
        long endClockUs = anchorClockUs + queue.endUs();
        if (nowUs < endClockUs) {
            return endClockUs;
        }
        ended = true;
        return Long.MAX_VALUE;
    }
}
