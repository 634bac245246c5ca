package org.reelcast.rtp.receive;

import java.util.function.LongConsumer;

/**
 * Keeps a publisher's two tracks in step: their sender reports say what was taken at the same moment (RFC 3550 section
 * 6.4.1), the track that is ahead is moved to where the other is at that moment. And keeps both in step with the
 * server's clock, by slow moves, as the publisher's runs a little faster or slower.
 *
 * <p>The first correction is made at once, later ones by a few milliseconds a report. It comes late: Chromium reports
 * on its sound two seconds after it began to send. A sender whose wall clock was set sends reports that do not agree
 * until both tracks have reported again: a large change counts when it has lasted.
 *
 * <p>Some senders' reports are wrong. Those that do not run with the timestamps count for nothing, and a first one that
 * tells tracks far apart that come together, counts only when the next one agrees with it.
 */
final class LipSync {
    private static final long MAX_FIRST_US = 10_000_000;
    /** Times that run further ahead than two seconds count as a jump. */
    private static final long MAX_AHEAD_US = 1_500_000;

    private static final long LARGE_US = 500_000;
    private static final int LASTING = 4;
    /** Less than this no sender can do without, so that one report of each track is enough. */
    private static final long USUAL_US = 250_000;

    private static final long STEP_US = 3_000;
    private static final long WINDOW_US = 10_000_000;
    private static final long DRIFT_STEP_US = 10_000;

    private final TrackClock audio;
    private final TrackClock video;
    private final LongConsumer onInStep;
    /** Whether the sound was moved to the picture: then it is due later than it comes, by no drift. */
    private boolean soundWaits;

    private boolean told;
    private boolean corrected;
    private int large;
    private long windowEndUs;

    /** @param onInStep told of the first correction, see {@link RtpReceiverListener#onInStep} */
    LipSync(TrackClock audio, TrackClock video, LongConsumer onInStep) {
        this.audio = audio;
        this.video = video;
        this.onInStep = onInStep;
    }

    /** One of the clocks has a new report. */
    void reported() {
        if (!audio.isMapped() || !video.isMapped()) {
            corrected = false;
            return;
        }
        long ntpUs = video.reportNtpUs();
        long skewUs = audio.timeAtNtpUs(ntpUs) - video.timeAtNtpUs(ntpUs);
        boolean steady = audio.isSteady() && video.isSteady();
        if (!corrected) {
            if (Math.abs(skewUs) <= (steady ? MAX_FIRST_US : isRefuted() ? -1 : USUAL_US)) {
                bringTogether(skewUs);
                corrected = true;
            }
        } else if (isRefuted()) {
            large = 0;
        } else if (Math.abs(skewUs) <= LARGE_US) {
            large = 0;
            video.shift(Math.max(-STEP_US, Math.min(STEP_US, skewUs)));
        } else if (++large > LASTING) {
            large = 0;
            corrected = false;
            reported();
        }
    }

    /** Whether reports of one of the tracks do not run with its timestamps. */
    private boolean isRefuted() {
        return audio.isRefuted() || video.isRefuted();
    }

    /** Moves the track that is ahead; none back, as times never go back. */
    private void bringTogether(long skewUs) {
        if (skewUs < 0 && skewUs >= -MAX_AHEAD_US) {
            audio.shift(-skewUs);
            soundWaits = true;
        } else {
            video.shift(skewUs);
        }
        if (!told) {
            told = true;
            onInStep.accept(skewUs);
        }
    }

    /** Follows the drift of the publisher's clock: frames are due when the promptest of them come. */
    void followDrift(long nowUs) {
        if (nowUs < windowEndUs) {
            return;
        }
        boolean first = windowEndUs == 0;
        windowEndUs = nowUs + WINDOW_US;
        boolean bySound = audio.isStarted() && !(soundWaits && video.isStarted());
        long lateUs = (bySound ? audio : video).takeEarliestUs();
        (bySound ? video : audio).takeEarliestUs();
        if (first || lateUs == Long.MAX_VALUE) {
            return;
        }
        long stepUs = Math.max(-DRIFT_STEP_US, Math.min(DRIFT_STEP_US, lateUs));
        audio.shift(stepUs);
        video.shift(stepUs);
    }
}
