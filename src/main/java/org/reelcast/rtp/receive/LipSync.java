package org.reelcast.rtp.receive;

/**
 * Keeps a publisher's two tracks in step: their sender reports say what was taken at the same moment (RFC 3550 section
 * 6.4.1), the picture is moved to where the sound of that moment is. And keeps both in step with the server's clock,
 * by slow moves, as the publisher's runs a little faster or slower.
 *
 * <p>The first correction is made at once, later ones by a few milliseconds a report. A sender whose wall clock was set
 * sends reports that do not agree until both tracks have reported again: a large change counts when it has lasted.
 */
final class LipSync {
    private static final long MAX_FIRST_US = 10_000_000;
    private static final long LARGE_US = 500_000;
    private static final int LASTING = 4;
    private static final long STEP_US = 3_000;
    private static final long WINDOW_US = 10_000_000;
    private static final long DRIFT_STEP_US = 10_000;

    private final TrackClock audio;
    private final TrackClock video;
    private boolean corrected;
    private int large;
    private long windowEndUs;

    LipSync(TrackClock audio, TrackClock video) {
        this.audio = audio;
        this.video = video;
    }

    /** One of the clocks has a new report. */
    void reported() {
        if (!audio.isMapped() || !video.isMapped()) {
            corrected = false;
            return;
        }
        long ntpUs = video.reportNtpUs();
        long skewUs = audio.timeAtNtpUs(ntpUs) - video.timeAtNtpUs(ntpUs);
        if (!corrected) {
            if (Math.abs(skewUs) <= MAX_FIRST_US) {
                video.shift(skewUs);
                corrected = true;
            }
        } else if (Math.abs(skewUs) <= LARGE_US) {
            large = 0;
            video.shift(Math.max(-STEP_US, Math.min(STEP_US, skewUs)));
        } else if (++large > LASTING) {
            large = 0;
            corrected = false;
            reported();
        }
    }

    /** Follows the drift of the publisher's clock: frames are due when the promptest of them come. */
    void followDrift(long nowUs) {
        if (nowUs < windowEndUs) {
            return;
        }
        boolean first = windowEndUs == 0;
        windowEndUs = nowUs + WINDOW_US;
        long lateUs = (audio.isStarted() ? audio : video).takeEarliestUs();
        (audio.isStarted() ? video : audio).takeEarliestUs();
        if (first || lateUs == Long.MAX_VALUE) {
            return;
        }
        long stepUs = Math.max(-DRIFT_STEP_US, Math.min(DRIFT_STEP_US, lateUs));
        audio.shift(stepUs);
        video.shift(stepUs);
    }
}
