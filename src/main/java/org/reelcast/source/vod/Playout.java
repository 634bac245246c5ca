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
 * It is set when the start of the film has been played without a wait. When frames come too late to be sent in time (a
 * slow disk or link), a film {@linkplain WhenLate#WAIT waits} and the anchor moves, or {@linkplain WhenLate#SKIP skips}
 * what was missed, sound and picture together. A track that is taken, or comes late, while the film plays comes from
 * its last key frame on: what lies before the present is handed out as such, and moves nothing.
 */
final class Playout {

    /** What becomes of a film whose data come too late. */
    enum WhenLate {
        /** It goes on where it was. */
        WAIT,
        /** It goes on where it should be; where it was when it was late for {@link #PATIENCE_US}. */
        SKIP,
        /** It goes on where it should be, whatever comes: other servers show the same. */
        KEEP
    }

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

    /** A film that skips, and is still late after this, goes on from where it has come to. */
    static final long PATIENCE_US = 10_000_000;

    /** What has been missed by more than this is not read: reading goes on at the present. */
    static final long REREAD_US = 1_000_000;

    /** A film that was late is taken for one that is not any more after this. */
    static final long STEADY_US = 2_000_000;

    /** So much of the film is played before the anchor is set: until then it moves when data come late. */
    static final long SETTLED_US = 2_000_000;

    /** What frames say of their times may be so far from when they leave: less than frames are apart. */
    static final long MAX_SLEW_US = 5_000;

    private static final long NEVER_US = Long.MAX_VALUE;

    /** Takes what is handed out. */
    interface Out {

        /**
         * @param track of the film
         * @param past  whether the frame only leads up to the present
         */
        void frame(int track, Frame frame, boolean past);
    }

    /** Is told that the film skips. */
    interface Skips {

        /**
         * @param tracks that are read
         * @param filmUs where they are to be read on from; {@link #GO_ON} from where they are
         * @param lateUs by how much the film is late
         * @param again  whether it was late a moment ago, too
         */
        void skipped(BitSet tracks, long filmUs, long lateUs, boolean again);
    }

    /** What is missing is little: it is read as it comes. */
    static final long GO_ON = Long.MIN_VALUE;

    private final FilmFrames queue;
    private final BufferGate reserve;
    private final BooleanSupplier refilled;
    private final WhenLate whenLate;
    private final Skips skips;
    private final long beginUs;
    /** When the film's time 0 is, as frames say it. */
    private long anchorClockUs;
    /** Frames leave so much later than they say, as the clock that the anchor follows has moved since. */
    private long slewUs;

    private int anchors;
    /** What lies before this, on the film's timeline, is due at once. */
    private long leadUntilUs;

    private long leadUs;
    private long waitedUs;
    /** So late may a film be that has been on time: who takes it has that much in hand. */
    private long slackUs;

    private boolean started;
    private boolean begun;
    private boolean starved;
    private boolean ended;
    /** The anchor lies earlier than a moment ago: what is late by that did not come late. */
    private boolean jumped;
    /** The anchor lies much later than a moment ago: what is to be shown is to be read again. */
    private boolean rewound;
    /** Tracks that are read. */
    private final BitSet read = new BitSet();
    /** Those of them that have not come up to the present yet. */
    private final BitSet behind = new BitSet();
    /** How long all tracks may be behind. */
    private long behindUntilUs = NEVER_US;
    /** Since when the film is late again and again; {@link #NEVER_US} when it is not. */
    private long lateSinceUs = NEVER_US;

    private long lastLateUs;
    private long lastUs;

    /**
     * @param beginUs  where the film begins to play
     * @param reserve  what must be in hand of the film to play, at its start and after each wait
     * @param refilled whether the queue is full enough to go on after a wait
     */
    Playout(
            FilmFrames queue,
            long beginUs,
            BufferGate reserve,
            BooleanSupplier refilled,
            WhenLate whenLate,
            Skips skips) {
        this.queue = queue;
        this.beginUs = beginUs;
        this.lastUs = beginUs;
        this.reserve = reserve;
        this.refilled = refilled;
        this.whenLate = whenLate;
        this.skips = skips;
    }

    /**
     * The film begins as soon as it can.
     *
     * @param aheadUs so much of it comes at once, and what follows so much early
     */
    void start(long nowUs, long aheadUs) {
        started = true;
        leadUs = aheadUs;
        leadUntilUs = aheadUs == 0 ? 0 : beginUs + aheadUs;
        anchorClockUs = nowUs - beginUs - aheadUs;
    }

    /** The film begins, or has begun, so that its time 0 is at {@code clockUs}. */
    void startAt(long clockUs) {
        started = true;
        anchorClockUs = clockUs;
        anchors = 1;
    }

    boolean isStarted() {
        return started;
    }

    /** How often the anchor was set: until it is for the first time it may move as it likes. */
    int anchors() {
        return anchors;
    }

    /** When the film's time 0 is. */
    long anchorClockUs() {
        return anchorClockUs + slewUs;
    }

    /**
     * The anchor is a little elsewhere, since it follows another clock. Frames leave by it at once; what they say of
     * their times follows in steps, so that sound stays in one piece, and not while the film is late: a picture that is
     * read again says the same time again, by which it is known.
     */
    void follow(long clockUs) {
        slewUs = clockUs - anchorClockUs;
        if (Math.abs(slewUs) > MAX_SLEW_US && (!begun || !starved && behind.isEmpty())) {
            // what is far too late then is not hurried through
            jumped = slewUs < -TOLERANCE_US;
            starved |= jumped;
            rewound = begun && slewUs > REREAD_US;
            setAnchor(clockUs);
        }
    }

    /** The film's time 0 is where others have it, however it began here. */
    void adopt(long clockUs) {
        follow(clockUs);
        anchors = Math.max(anchors, 1);
    }

    private void setAnchor(long clockUs) {
        anchorClockUs = clockUs;
        slewUs = 0;
    }

    /** The film's present, on the timeline of all passes. It stands while the film waits. */
    long filmUs(long nowUs) {
        if (!started || !begun && anchors == 0) {
            return beginUs;
        }
        Frame next = starved && whenLate == WhenLate.WAIT ? queue.peek() : null;
        long byClockUs = nowUs - anchorClockUs();
        return Math.max(
                anchors == 0 ? 0 : beginUs, next == null ? byClockUs : Math.min(byClockUs, next.decodeTimeUs()));
    }

    /** The time of the last frame that left when the film may stand behind it for want of data, else the largest. */
    long standsAtUs() {
        return starved && (anchors == 0 || whenLate == WhenLate.WAIT) ? lastUs : NEVER_US;
    }

    /** Whether any track is read. */
    boolean readsAny() {
        return !read.isEmpty();
    }

    /** Whether one track is read, and no other. */
    boolean readsOne() {
        return read.cardinality() == 1;
    }

    boolean reads(int track) {
        return read.get(track);
    }

    /**
     * A track is read from the present on. The film waits for it when it comes too slowly, unless others are on time:
     * then it is they that would be late, and the film waits by them.
     */
    void join(int track, long nowUs) {
        read.set(track);
        if (filmUs(nowUs) > beginUs) {
            behind.set(track);
            countPatience(nowUs);
        }
    }

    /** A track is read no more. */
    void leave(int track, long nowUs) {
        read.clear(track);
        behind.clear(track);
        if (read.isEmpty()) {
            lateSinceUs = NEVER_US;
        }
        countPatience(nowUs);
    }

    private void countPatience(long nowUs) {
        if (behind.isEmpty() || !behind.equals(read)) {
            behindUntilUs = NEVER_US;
        } else if (behindUntilUs == NEVER_US) {
            late(nowUs);
            behindUntilUs = whenLate == WhenLate.WAIT ? nowUs + CATCH_UP_US : lateSinceUs + PATIENCE_US;
        }
    }

    private void late(long nowUs) {
        lateSinceUs = Math.min(lateSinceUs, nowUs);
        lastLateUs = nowUs;
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
        if (started && anchors == 0 && read.isEmpty() && !settleUnread(nowUs)) {
            return nowUs + RECHECK_US;
        }
        if (anchors == 0 && begun && !starved && nowUs - anchorClockUs() >= beginUs + SETTLED_US) {
            // a picture that stands for long
            anchors = 1;
        }
        if (rewound) {
            rewound = false;
            reread(filmUs(nowUs), 0, nowUs, true);
        }
        long soundUntilUs = nowUs;
        while (started && !ended) {
            Frame frame = queue.peek();
            if (frame == null) {
                return queue.isComplete() ? pollEnd(nowUs) : starve();
            }
            int track = queue.track();
            long lateUs = nowUs - anchorClockUs() - Math.max(leadUntilUs, frame.decodeTimeUs());
            if (lateUs <= 0 && whenLate == WhenLate.WAIT && frame.decodeTimeUs() > leadUntilUs) {
                slackUs = leadUs;
            }
            if (leadsToTheBeginning(frame, nowUs) || isBehind(track, lateUs, nowUs)) {
                out.frame(track, queue.poll().shifted(anchorClockUs), true);
                continue;
            }
            boolean late = starved && lateUs > TOLERANCE_US + slackUs;
            boolean waits = late && waits(lateUs, nowUs);
            if (!isEnough(waits ? frame.decodeTimeUs() : frame.decodeTimeUs() + Math.max(0, lateUs), late)) {
                starved = true;
                return nowUs + RECHECK_US;
            }
            starved = false;
            if (late && !waits) {
                skip(lateUs, nowUs);
                continue;
            }
            if (late) {
                moveAnchor(lateUs - slackUs);
            }
            begun = true;
            long dueUs = anchorClockUs() + leavesAtUs(frame);
            if (dueUs > (frame.isVideo() ? nowUs : soundUntilUs)) {
                return dueUs;
            }
            if (frame.isVideo()) {
                soundUntilUs = Math.max(nowUs, dueUs + RIDE_US);
            }
            leaves(frame.decodeTimeUs(), nowUs);
            out.frame(track, queue.poll().shifted(anchorClockUs), false);
        }
        return NEVER_US;
    }

    /** Nobody watches, so nothing is read: the start is taken for ready when there is enough of the film. */
    private boolean settleUnread(long nowUs) {
        if (!begun) {
            if (!reserve.isEnough(beginUs)) {
                return false;
            }
            setAnchor(nowUs - beginUs);
        }
        anchors = 1;
        return true;
    }

    /** Whether the frame is only needed to decode the first one that is shown. */
    private boolean leadsToTheBeginning(Frame frame, long nowUs) {
        return beginUs > 0 && frame.decodeTimeUs() < beginUs && (!begun || nowUs < anchorClockUs() + beginUs);
    }

    private boolean isBehind(int track, long lateUs, long nowUs) {
        if (!behind.get(track)) {
            return false;
        }
        if (lateUs <= 0) {
            behind.clear(track);
        } else if (nowUs > behindUntilUs && behind.equals(read)) {
            behind.clear();
            starved |= whenLate != WhenLate.WAIT;
        }
        if (behind.isEmpty()) {
            behindUntilUs = NEVER_US;
        }
        lastLateUs = nowUs;
        return behind.get(track);
    }

    /** Whether a film that is late goes on where it was. */
    private boolean waits(long lateUs, long nowUs) {
        return anchors == 0
                || whenLate == WhenLate.WAIT
                || whenLate == WhenLate.SKIP && !jumped && nowUs - Math.min(lateSinceUs, nowUs - lateUs) >= PATIENCE_US;
    }

    private boolean isEnough(long filmUs, boolean late) {
        boolean whole = queue.isComplete() || begun && !late;
        return whole || (!begun || refilled.getAsBoolean()) && reserve.isEnough(filmUs);
    }

    /** How long the film stood still before the frame that is handed out; once. */
    long waitedUs() {
        long us = waitedUs;
        waitedUs = 0;
        return us;
    }

    private void moveAnchor(long lateUs) {
        waitedUs += begun ? lateUs : 0;
        setAnchor(anchorClockUs() + lateUs);
        behind.clear();
        behindUntilUs = NEVER_US;
        lateSinceUs = NEVER_US;
        anchors += anchors == 0 ? 0 : 1;
    }

    private void skip(long lateUs, long nowUs) {
        boolean again = lateSinceUs != NEVER_US;
        if (whenLate == WhenLate.KEEP && again && nowUs - lateSinceUs >= PATIENCE_US) {
            // a new try
            lateSinceUs = nowUs;
        }
        late(jumped ? nowUs : nowUs - lateUs);
        jumped = false;
        reread(lateUs > REREAD_US ? filmUs(nowUs) : GO_ON, lateUs, nowUs, again);
    }

    private void reread(long filmUs, long lateUs, long nowUs, boolean again) {
        lastLateUs = nowUs;
        behind.or(read);
        behindUntilUs = Math.min(lateSinceUs, nowUs) + PATIENCE_US;
        skips.skipped(read, filmUs, lateUs, again);
    }

    private void leaves(long filmUs, long nowUs) {
        lastUs = filmUs;
        if (lateSinceUs != NEVER_US && nowUs - lastLateUs > STEADY_US) {
            lateSinceUs = NEVER_US;
        }
        if (anchors == 0 && filmUs >= beginUs + SETTLED_US) {
            anchors = 1;
        }
    }

    /** When the frame leaves, on its own timeline. */
    static long leavesAtUs(Frame frame) {
        return frame.decodeTimeUs() - (frame.isVideo() ? 0 : SOUND_LEAD_US);
    }

    private long starve() {
        starved = true;
        return NEVER_US;
    }

    /** What came before a break still plays to its end: the last frame stays for its time. */
    private long pollEnd(long nowUs) {
        long endClockUs = anchorClockUs() + queue.endUs();
        if (nowUs < endClockUs) {
            return endClockUs;
        }
        ended = true;
        return NEVER_US;
    }
}
