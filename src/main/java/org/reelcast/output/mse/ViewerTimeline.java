package org.reelcast.output.mse;

import org.reelcast.media.Slice;
import org.reelcast.segment.UnbrokenAudio;

/**
 * Places a stream's units on the line of one viewer, which begins at 0 and has no holes, whenever the viewer came and
 * whatever had to be left out for it. Browsers begin to play when they have two seconds: so much of the past is sent at
 * first, and where there is less, the first picture stands for the rest of the time. For one thread at a time.
 */
final class ViewerTimeline implements UnbrokenAudio.Output<MediaUnit> {
    /** So much of the past a viewer begins with. */
    static final long BURST_US = 2_300_000;
    /** So much more of it is sent as it is; what lies before is hurried through. */
    private static final long MORE_US = 500_000;

    private static final long HURRY_US = 1_000;
    private static final long HOLD_US = 40_000;
    /** So often at most are the parameter sets sent: browsers cut there. */
    private static final long CONFIG_INTERVAL_US = 1_000_000;

    private final Target target;
    private final AudioForm sound;
    private final boolean pictureExpected;
    private final boolean mayHurry;
    private boolean started;
    /** When units are due from which on times are as they are; those before are hurried through. */
    private long fromDueUs;

    private boolean hurrying;
    /** From the stream's line to the viewer's. */
    private long shiftUs;
    /** The last picture. */
    private long pictureUs;

    private long pictureEndUs;
    /** Null without sound. */
    private UnbrokenAudio<MediaUnit> sounds;

    private MediaUnit.Look look;
    private long configUs;
    /** Where the line goes on after units were left out. */
    private boolean resuming;

    /** Takes records in order. */
    interface Target {
        void record(boolean picture, long timeUs, long endUs, byte[] body);
    }

    /**
     * @param sound    null without sound
     * @param mayHurry whether what is older than a viewer needs may be hurried through: not the beginning of a film
     */
    ViewerTimeline(boolean pictureExpected, AudioForm sound, boolean mayHurry, Target target) {
        this.pictureExpected = pictureExpected;
        this.mayHurry = mayHurry && pictureExpected;
        this.sound = sound;
        this.sounds = sound == null ? null : sound.unbroken(0, this);
        this.target = target;
    }

    /** @param nowUs the server's clock */
    void take(MediaUnit unit, long nowUs) {
        boolean begins = unit.key() && unit.isPicture() == pictureExpected;
        if (!started) {
            if (!begins) {
                return;
            }
            begin(unit, nowUs);
        } else if (resuming) {
            if (!begins) {
                return;
            }
            resuming = false;
            shiftUs = Math.max(pictureEndUs, sounds == null ? 0 : sounds.endUs()) - unit.timeUs();
        }
        if (unit.isPicture()) {
            picture(unit);
        } else if (!hurrying) {
            sounds.take(unit, unit.timeUs() + shiftUs);
        }
    }

    private void begin(MediaUnit first, long nowUs) {
        started = true;
        fromDueUs = nowUs - BURST_US;
        hurrying = mayHurry && first.dueUs() < fromDueUs - MORE_US;
        if (sound != null) {
            target.record(false, 0, 0, sound.config());
        }
        // what follows the first one is so much later
        shiftUs = Math.max(0, first.dueUs() - fromDueUs) - first.timeUs();
    }

    private void picture(MediaUnit unit) {
        long us = unit.timeUs() + shiftUs;
        if (look == null) {
            us = 0;
        } else if (hurrying) {
            us = pictureUs + HURRY_US;
            if (unit.dueUs() >= fromDueUs) {
                hurrying = false;
                shiftUs = us - unit.timeUs();
            }
        }
        if (unit.key() && (unit.look() != look || us - configUs >= CONFIG_INTERVAL_US)) {
            target.record(true, us, us, unit.look().config());
            configUs = us;
            look = unit.look();
        }
        boolean first = pictureEndUs == 0 && us == 0;
        pictureEndUs = us + Math.max(0, us - pictureUs);
        pictureUs = us;
        target.record(true, us, pictureEndUs, unit.body());
        if (first && unit.held() != null) {
            hold(unit);
        }
    }

    /** Browsers want pictures at even distances: the first one is shown again and again until the next one comes. */
    private void hold(MediaUnit unit) {
        long untilUs = unit.timeUs() + shiftUs;
        while (pictureUs + HOLD_US <= untilUs) {
            pictureUs += HOLD_US;
            pictureEndUs = pictureUs;
            target.record(true, pictureUs, pictureEndUs, unit.held());
        }
    }

    @Override
    public void unit(MediaUnit unit, long timeUs) {
        sound(timeUs, unit.body());
    }

    @Override
    public void silence(Slice unit, long timeUs) {
        sound(timeUs, sound.silence());
    }

    private void sound(long timeUs, byte[] body) {
        target.record(false, timeUs, timeUs + sound.lengthUs(1), body);
    }

    /** What was placed behind these ends was left out after all; the line goes on there with the next key frame. */
    void goOnFrom(long lastPictureEndUs, long lastSoundEndUs) {
        pictureEndUs = lastPictureEndUs;
        sounds = sound == null ? null : sound.unbroken(lastSoundEndUs, this);
        pictureUs = lastPictureEndUs;
        // browsers start to decode where parameter sets come
        configUs = Long.MIN_VALUE / 2;
        resuming = started;
    }
}
