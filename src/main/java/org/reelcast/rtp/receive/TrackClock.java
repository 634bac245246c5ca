package org.reelcast.rtp.receive;

/** The timestamps of one track on the server's clock, in microseconds. */
final class TrackClock {
    private static final long SECOND_US = 1_000_000;
    private static final long JUMP_US = 10 * SECOND_US;

    private final int clockRate;
    private boolean started;
    private long anchorTimestamp;
    private long anchorUs;
    private long lastUs = Long.MIN_VALUE;
    private boolean reported;
    private long reportTimestamp;
    private long reportNtpUs;
    private long earliestUs = Long.MAX_VALUE;

    TrackClock(int clockRate) {
        this.clockRate = clockRate;
    }

    /**
     * When a frame of timestamp {@code timestamp} that came at {@code nowUs} is due; later for each frame. The first
     * one is due when it came, so is one whose timestamp is ten seconds off: the sender's clock was set.
     */
    long dueUs(long timestamp, long nowUs) {
        if (!started || Math.abs(timeUs(timestamp) - nowUs) > JUMP_US) {
            started = true;
            reported = false;
            anchorTimestamp = timestamp;
            anchorUs = nowUs;
            earliestUs = Long.MAX_VALUE;
        }
        long due = timeUs(timestamp);
        earliestUs = Math.min(earliestUs, nowUs - due);
        lastUs = Math.max(due, lastUs + 1);
        return lastUs;
    }

    /** A sender report: {@code timestamp} was at {@code ntpUs} of the sender's wall clock. */
    void report(long timestamp, long ntpUs) {
        reported = true;
        reportTimestamp = timestamp;
        reportNtpUs = ntpUs;
    }

    /** Whether {@link #timeAtNtpUs} can be told. */
    boolean isMapped() {
        return started && reported;
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
        reported = false;
    }

    private long timeUs(long timestamp) {
        return anchorUs + Math.floorDiv((timestamp - anchorTimestamp) * 1000, clockRate / 1000);
    }
}
