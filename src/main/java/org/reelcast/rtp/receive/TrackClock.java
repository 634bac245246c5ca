package org.reelcast.rtp.receive;

/** The timestamps of one track on the server's clock, in microseconds. */
final class TrackClock {
    private static final long SECOND_US = 1_000_000;
    private static final long JUMP_US = 10 * SECOND_US;
    /** Packets may come much later than others, but earlier only by what the first one was late. */
    private static final long JUMP_AHEAD_US = 2 * SECOND_US;

    /** By so much, and by so small a part of the time between, two reports may differ from the timestamps. */
    private static final long DISAGREEMENT_US = 20_000;

    private static final int DRIFT_PARTS = 100;
    private static final int MOST_AGREEING = 2;

    private final int clockRate;
    private boolean started;
    /** Whether a frame was due by this anchor: from then on only reports move it. */
    private boolean settled;

    private long anchorTimestamp;
    private long anchorUs;
    private long lastUs = Long.MIN_VALUE;
    private boolean reported;
    private long reportTimestamp;
    private long reportNtpUs;
    /** How many reports agreed with the one before; less than 0 after one that did not. */
    private int agreeing;

    private long earliestUs = Long.MAX_VALUE;

    TrackClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /**
     * A packet of a frame came, sent for the first time. The promptest of those before the first frame tells when that
     * is due: the frame itself may have to wait for what was lost of it.
     */
    void arrived(long timestamp, long nowUs) {
        if (!started) {
            anchor(timestamp, nowUs);
        } else if (!settled) {
            anchorUs = Math.min(anchorUs, anchorUs + nowUs - timeUs(timestamp));
        }
    }

    /**
     * When a frame of timestamp {@code timestamp} that was whole at {@code nowUs} is due; later for each frame. The
     * first one is due when it came, so is one whose timestamp is ten seconds late or two seconds early: the sender's
     * clock was set.
     */
    long dueUs(long timestamp, long nowUs) {
        if (!started || nowUs - timeUs(timestamp) > JUMP_US || timeUs(timestamp) - nowUs > JUMP_AHEAD_US) {
            anchor(timestamp, nowUs);
        }
        settled = true;
        long due = timeUs(timestamp);
        earliestUs = Math.min(earliestUs, nowUs - due);
        lastUs = Math.max(due, lastUs + 1);
        return lastUs;
    }

    private void anchor(long timestamp, long nowUs) {
        started = true;
        settled = false;
        forget();
        anchorTimestamp = timestamp;
        anchorUs = nowUs;
        earliestUs = Long.MAX_VALUE;
    }

    /** A sender report: {@code timestamp} was at {@code ntpUs} of the sender's wall clock. */
    void report(long timestamp, long ntpUs) {
        if (reported) {
            long byTimestampUs = Math.floorDiv((timestamp - reportTimestamp) * 1000, clockRate / 1000);
            boolean agrees = Math.abs(ntpUs - reportNtpUs - byTimestampUs)
                    <= DISAGREEMENT_US + Math.abs(byTimestampUs) / DRIFT_PARTS;
            agreeing = agrees ? Math.min(MOST_AGREEING, agreeing + 1) : -MOST_AGREEING;
        }
        reported = true;
        reportTimestamp = timestamp;
        reportNtpUs = ntpUs;
    }

    /** Whether {@link #timeAtNtpUs} can be told. */
    boolean isMapped() {
        return started && reported;
    }

    /** Whether the sender's wall clock runs with its timestamps, as far as reports have shown. */
    boolean isSteady() {
        return agreeing > 0;
    }

    /** Whether the last reports showed that it does not. */
    boolean isRefuted() {
        return agreeing < 0;
    }

    private void forget() {
        reported = false;
        agreeing = 0;
    }

    /** When what the sender took at {@code ntpUs} of its wall clock is due, by this track. */
    long timeAtNtpUs(long ntpUs) {
        return timeUs(reportTimestamp) + ntpUs - reportNtpUs;
    }

    long reportNtpUs() {
        return reportNtpUs;
    }

    boolean isStarted() {
        return started;
    }

    void shift(long us) {
        anchorUs += us;
    }

    /** How long after its time the promptest frame came, since the last call; {@link Long#MAX_VALUE} without one. */
    long takeEarliestUs() {
        long earliest = earliestUs;
        earliestUs = Long.MAX_VALUE;
        return earliest;
    }

    /** The source starts anew: its timestamps too. */
    void reset() {
        started = false;
        forget();
    }

    private long timeUs(long timestamp) {
        return anchorUs + Math.floorDiv((timestamp - anchorTimestamp) * 1000, clockRate / 1000);
    }
}
