package org.reelcast.output.mse;

import java.util.function.Consumer;
import org.reelcast.media.Frame;

/**
 * The sound of a stream, unit after unit. It is never further from its time than half a unit: what overlaps is left
 * out, a hole is silence.
 */
final class SoundLine {
    private final SoundForm form;
    private final Consumer<MediaUnit> out;
    private final long halfUs;
    private long fromUs;
    /** Units since then. */
    private long units;
    private boolean any;

    SoundLine(SoundForm form, Consumer<MediaUnit> out) {
        this.form = form;
        this.out = out;
        this.halfUs = form.lengthUs(1) / 2;
    }

    /** There is to be sound from then on. */
    void begin(long us) {
        fromUs = us;
        units = 0;
    }

    /** Where the next unit belongs. */
    long endUs() {
        return fromUs + form.lengthUs(units);
    }

    void take(Frame frame, long timeUs) {
        if (timeUs < endUs() - halfUs) {
            return;
        }
        long missing = form.unitsIn(timeUs + halfUs - endUs());
        if (missing > 0 || !any) {
            // what is missing ends where the frame begins
            silent(missing, timeUs - form.lengthUs(missing));
        } else if (timeUs - endUs() > halfUs) {
            begin(timeUs);
        }
        give(frame.presentationTimeUs(), Records.sound(frame.slice(0)));
    }

    /** Fills up with silence. */
    void silence(long untilUs) {
        silent(form.unitsIn(untilUs - endUs()), endUs());
    }

    private void silent(long count, long us) {
        if (us != endUs()) {
            begin(us);
        }
        for (long i = 0; i < count; i++) {
            give(endUs(), form.silence());
        }
    }

    private void give(long dueUs, byte[] body) {
        any = true;
        out.accept(new MediaUnit(null, true, dueUs, endUs(), body, null));
        units++;
    }
}
