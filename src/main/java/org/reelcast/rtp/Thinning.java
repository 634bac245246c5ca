package org.reelcast.rtp;

/**
 * Sends a viewer no more than the link carries: leaves frames out when reports say that it is too narrow, first those
 * that nothing depends on, then all but key frames. After a while it tries again with more: at first it sends a key
 * frame as fast as all frames would have to go, and if nothing of it is lost or queues up, all frames. Each try that
 * fails makes the next wait twice as long.
 *
 * <p>A link that is narrow queues packets, or loses all beyond its width; one that is bad loses some of them however
 * few they are. So loss alone counts from a fifth of the packets on, and when it does not go down with the bitrate, the
 * link is taken for a bad one: sending less would not help, all is sent again. The receiver's own estimate counts where
 * packets queue up, since browsers raise it slowly: after a shortage it stays far too low for minutes.
 *
 * <p>Where the film is to be had smaller ({@link #rungs}) a viewer is moved to a smaller one before anything is left out,
 * and back to a larger one once all has been calm for as long as a try would wait for.
 */
final class Thinning {
    /** A flag of {@link #report}: the link is too narrow; said again every ten seconds while it lasts. */
    static final int SHORTAGE = 1;
    /** A flag of {@link #report}: more is sent from now on, from a key frame on. */
    static final int RECOVERY = 2;

    /** A flag of {@link #report}: the ceilings changed, and that is all. */
    static final int PACE = 4;
    /** A flag of {@link #report}: the link is too narrow, and the film is to be had smaller; nothing is left out. */
    static final int SMALLER = 8;
    /** A flag of {@link #report}: the link may carry a larger one. */
    static final int LARGER = 16;

    /** What a joiner is sent at first, and what is on its way when the level changes, is no measure. */
    private static final long JOIN_US = 3_000_000;

    private static final long SETTLE_US = 1_500_000;
    /** A smaller film that has not come by then does not come: pictures are left out. */
    private static final long SMALLER_COMES_US = 6_000_000;

    private static final long STANDING_QUEUE_US = 200_000;
    private static final long QUEUE_US = 75_000;
    private static final int CALM_LOSS = 150;
    /** More than this above what is lost without it, and a trial has failed. */
    private static final int TRIAL_LOSS = 50;

    private static final int QUEUE_LOSS = 100;
    private static final int HEAVY_LOSS = 200;
    private static final int MOST_TOLERATED = 600;
    private static final int BLOCKS = 2;
    private static final long FIRST_HOLD_US = 6_000_000;
    private static final long LAST_HOLD_US = 60_000_000;
    /** A shortage so soon after more was sent: that was too much. */
    private static final long PROBE_US = 10_000_000;

    private static final long REPEAT_US = 10_000_000;
    private static final long ESTIMATE_US = 3_000_000;
    /** What is left is sent so much faster than it comes, at first: key frames are to queue up here, not on the way. */
    private static final int KEYS_PERCENT = 200;

    private static final int REFERENCES_PERCENT = 125;
    private static final int NARROWER_PERCENT = 70;
    private static final int TRIAL_PERCENT = 150;
    private static final long TRIAL_US = 3_500_000;
    private static final long TRIAL_QUEUE_US = 200_000;
    private static final long LEAST_BPS = 150_000;
    private static final long NONE = Long.MIN_VALUE;

    private final LinkMeter meter = new LinkMeter();
    private final FilmRate film = new FilmRate();
    private SendLevel level = SendLevel.ALL;
    private boolean broken;
    private long settledUs = NONE;
    private long raisedUs = NONE;
    private long calmUs = NONE;
    private long holdUs = FIRST_HOLD_US;
    private long repeatUs;
    private int suspicious;
    private long queueBeforeUs;
    private boolean byLoss;
    private int lossBefore;
    private long sentBefore;
    private int tolerated;
    private long estimateBps;
    private long estimateUs = NONE;
    private long linkBps;
    private long ceilingBps;
    /** The ceiling before a key frame was sent faster on trial; 0 while none is. */
    private long ceilingBeforeTrial;

    private long trialUs;
    private int lossBeforeTrial;
    private long thinned;
    private long shortages;
    private boolean smaller;
    private boolean larger;

    /**
     * Another size of the film is sent from now on, or can be had.
     *
     * @param isSmaller whether the film is to be had smaller
     * @param isLarger  whether it is to be had larger
     * @param changed   whether what is sent is another one than before: what was measured counts no more
     */
    void rungs(boolean isSmaller, boolean isLarger, boolean changed, long nowUs) {
        smaller = isSmaller;
        larger = isLarger;
        if (changed && settledUs != NONE) {
            settledUs = nowUs + SETTLE_US;
            raisedUs = raisedUs == NONE ? NONE : nowUs;
            calmUs = NONE;
            suspicious = 0;
            ceilingBeforeTrial = 0;
            level = SendLevel.ALL;
        }
    }

    SendLevel level() {
        return level;
    }

    /**
     * Counts a frame of the film; returns whether it is to be sent.
     *
     * @param waiting whether earlier video still waits: then a key frame would only come late
     */
    boolean admits(RtpFrame frame, boolean waiting, long nowUs) {
        if (settledUs == NONE) {
            settledUs = nowUs + JOIN_US;
        }
        film.add(frame);
        if (!frame.isVideo()) {
            return true;
        }
        if (frame.isKey()) {
            broken = level == SendLevel.KEYS && waiting;
            thinned += broken ? 1 : 0;
            return !broken;
        }
        boolean left = frame.isDisposable() ? level != SendLevel.ALL : level == SendLevel.KEYS;
        broken |= left && !frame.isDisposable();
        if (left || broken) {
            thinned++;
            return false;
        }
        return true;
    }

    void roundTrip(long us, long nowUs) {
        meter.roundTrip(us, nowUs);
    }

    /** What the receiver believes that the link carries (REMB). */
    void estimate(long bitsPerSecond, long nowUs) {
        estimateBps = bitsPerSecond;
        estimateUs = nowUs;
    }

    /**
     * A report about the video, as {@link LinkMeter#report} has it.
     *
     * @return {@link #SHORTAGE}, {@link #RECOVERY}, {@link #PACE}, or 0; if not 0, the ceilings are new
     */
    int report(int highest, int lost, long packets, long bytes, long nowUs) {
        if (settledUs == NONE) {
            return 0;
        }
        if (nowUs < settledUs) {
            meter.restart();
            film.restart(nowUs);
            return 0;
        }
        if (!meter.report(highest, lost, packets, bytes, nowUs)) {
            return 0;
        }
        film.take(nowUs);
        if (lossIsNotOurs()) {
            tolerated = Math.min(meter.loss() * 5 / 4, MOST_TOLERATED);
            return raise(SendLevel.ALL, nowUs);
        }
        return isNarrow(nowUs) ? lower(nowUs) : keep(nowUs);
    }

    /** Whether less was sent because of loss, and as much is lost all the same. */
    private boolean lossIsNotOurs() {
        return level != SendLevel.ALL
                && byLoss
                && meter.queueUs() < QUEUE_US
                && meter.loss() * 10 > lossBefore * 6
                && meter.sentBps() * 10 < sentBefore * 7;
    }

    private boolean isNarrow(long nowUs) {
        int loss = meter.loss();
        long queueUs = meter.queueUs();
        boolean heavy = loss > Math.max(HEAVY_LOSS, tolerated);
        boolean estimated = isEstimated(nowUs) && estimateBps < meter.sentBps() / 4 * 3;
        suspicious = queueUs >= STANDING_QUEUE_US || heavy ? suspicious + 1 : 0;
        boolean drains = queueUs < queueBeforeUs / 4 * 3;
        queueBeforeUs = queueUs;
        if (level == SendLevel.KEYS && drains) {
            return false;
        }
        return suspicious >= (queueUs >= STANDING_QUEUE_US && level == SendLevel.KEYS ? 1 : BLOCKS)
                || queueUs >= STANDING_QUEUE_US && meter.arrivedBps() < meter.sentBps() / 10 * 9
                || queueUs >= QUEUE_US && loss > QUEUE_LOSS
                || queueUs >= QUEUE_US && estimated;
    }

    private boolean isEstimated(long nowUs) {
        return estimateUs != NONE && nowUs - estimateUs < ESTIMATE_US;
    }

    private int lower(long nowUs) {
        if (ceilingBeforeTrial > 0) {
            return endTrial(nowUs);
        }
        long arrivedBps = meter.arrivedBps();
        linkBps = isEstimated(nowUs) ? Math.min(arrivedBps, estimateBps) : arrivedBps;
        byLoss = meter.queueUs() < QUEUE_US;
        lossBefore = meter.loss();
        sentBefore = meter.sentBps();
        suspicious = 0;
        calmUs = NONE;
        if (raisedUs != NONE && nowUs - raisedUs < PROBE_US) {
            holdUs = Math.min(2 * holdUs, LAST_HOLD_US);
        } else if (level == SendLevel.ALL) {
            holdUs = FIRST_HOLD_US;
        }
        raisedUs = NONE;
        shortages += level == SendLevel.ALL ? 1 : 0;
        if (level == SendLevel.ALL && smaller) {
            smaller = false;
            settledUs = nowUs + SMALLER_COMES_US;
            return SMALLER;
        }
        settledUs = nowUs + SETTLE_US;
        if (level == SendLevel.KEYS) {
            ceilingBps = Math.max(Math.min(ceilingBps, arrivedBps) * NARROWER_PERCENT / 100, LEAST_BPS);
            return PACE | again(nowUs);
        }
        level = level == SendLevel.ALL && hasDisposables() ? SendLevel.REFERENCES : SendLevel.KEYS;
        broken |= level == SendLevel.KEYS;
        int percent = level == SendLevel.KEYS ? KEYS_PERCENT : REFERENCES_PERCENT;
        ceilingBps = Math.max(Math.max(film.of(level) * percent / 100, arrivedBps / 10 * 9), LEAST_BPS);
        return say(nowUs);
    }

    private int keep(long nowUs) {
        if (level == SendLevel.ALL) {
            tolerated = Math.min(tolerated, Math.max(meter.loss() * 5 / 4, tolerated * 19 / 20));
            return larger ? tryLarger(nowUs) : 0;
        }
        boolean trial = ceilingBeforeTrial > 0;
        int mostLoss = trial ? lossBeforeTrial + TRIAL_LOSS : Math.max(CALM_LOSS, tolerated);
        if (meter.queueUs() >= QUEUE_US || meter.loss() > mostLoss || trial && meter.peakUs() >= TRIAL_QUEUE_US) {
            calmUs = NONE;
            return trial ? endTrial(nowUs) : again(nowUs);
        }
        if (calmUs == NONE) {
            calmUs = nowUs;
        }
        return nowUs - calmUs < holdUs ? again(nowUs) : tryMore(nowUs);
    }

    private int tryLarger(long nowUs) {
        boolean calm = meter.queueUs() < QUEUE_US && meter.loss() <= Math.max(CALM_LOSS, tolerated);
        calmUs = !calm ? NONE : calmUs == NONE ? nowUs : calmUs;
        if (!calm || nowUs - calmUs < holdUs) {
            return 0;
        }
        larger = false;
        calmUs = NONE;
        raisedUs = nowUs;
        return LARGER;
    }

    private int tryMore(long nowUs) {
        SendLevel more = level == SendLevel.KEYS && hasDisposables() ? SendLevel.REFERENCES : SendLevel.ALL;
        if (level == SendLevel.REFERENCES) {
            return raise(more, nowUs);
        }
        if (ceilingBeforeTrial > 0) {
            return nowUs - trialUs < TRIAL_US ? again(nowUs) : raise(more, nowUs);
        }
        trialUs = nowUs;
        lossBeforeTrial = meter.loss();
        ceilingBeforeTrial = ceilingBps;
        ceilingBps = Math.max(ceilingBps, film.of(more) * TRIAL_PERCENT / 100);
        return PACE | again(nowUs);
    }

    /** In vain. */
    private int endTrial(long nowUs) {
        ceilingBps = ceilingBeforeTrial;
        ceilingBeforeTrial = 0;
        holdUs = Math.min(2 * holdUs, LAST_HOLD_US);
        calmUs = NONE;
        suspicious = 0;
        settledUs = nowUs + SETTLE_US;
        return PACE | again(nowUs);
    }

    private int raise(SendLevel to, long nowUs) {
        level = to;
        ceilingBeforeTrial = 0;
        raisedUs = nowUs;
        calmUs = nowUs;
        suspicious = 0;
        return RECOVERY;
    }

    private int say(long nowUs) {
        repeatUs = nowUs + REPEAT_US;
        return SHORTAGE;
    }

    private int again(long nowUs) {
        return nowUs >= repeatUs ? say(nowUs) : 0;
    }

    /** Whether leaving them out makes a difference. */
    private boolean hasDisposables() {
        return film.of(SendLevel.REFERENCES) < film.of(SendLevel.ALL) / 20 * 19;
    }

    /** Bytes a second that may be sent; 0 when that is for others to say. */
    long ceiling() {
        return level == SendLevel.ALL ? 0 : ceilingBps / 8;
    }

    /** Bytes a second that may be sent again; 0 when that is for others to say. */
    long resendCeiling() {
        return level == SendLevel.ALL ? 0 : Math.max(Math.min(linkBps, ceilingBps), LEAST_BPS) / 16;
    }

    LinkStatistics statistics() {
        return new LinkStatistics(level, film.of(SendLevel.ALL), linkBps, thinned, shortages);
    }
}
