package org.reelcast.output.hls.live;

import java.util.function.Consumer;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/**
 * The sound of a live stream without holes, in which players stand still: units of AAC follow each other at their
 * length, never further from their time than half of it; where some are missing there is silence. For one thread at a
 * time.
 */
final class SoundGrid {
    private static final long SECOND_US = 1_000_000;
    /** A longer hole is none of the sound alone. */
    private static final long LONGEST_US = 10_000_000;

    private final Consumer<Frame> out;
    private AacFormat format;
    private Slice silence;
    private int samples;
    private long fromUs;
    private long units;

    SoundGrid(Consumer<Frame> out) {
        this.out = out;
    }

    /** Whether there was any sound. */
    boolean hasBegun() {
        return format != null;
    }

    void take(Frame frame) {
        long timeUs = frame.decodeTimeUs();
        if (!frame.format().equals(format)) {
            format = (AacFormat) frame.format();
            samples = AudioSpecificConfig.parse(format.config().bytes()).frameSamples();
            silence = format.channels() > 2 ? null : Slice.of(SilentUnit.of(format.channels()));
            begin(timeUs);
        }
        if (timeUs < endUs() - halfUs()) {
            return;
        }
        fill(timeUs - halfUs());
        if (timeUs - endUs() > halfUs()) {
            begin(timeUs);
        }
        give(frame.shifted(endUs() - timeUs));
    }

    private void begin(long us) {
        fromUs = us;
        units = 0;
    }

    /** What should have begun before that time is silence. */
    void fill(long untilUs) {
        if (silence != null && untilUs - endUs() < LONGEST_US) {
            while (endUs() < untilUs) {
                give(new Frame(format, endUs(), endUs(), true, silence));
            }
        }
    }

    private void give(Frame unit) {
        units++;
        out.accept(unit);
    }

    /** Where the next unit begins. */
    private long endUs() {
        return fromUs + lengthUs(units);
    }

    private long halfUs() {
        return lengthUs(1) / 2;
    }

    private long lengthUs(long count) {
        return count * samples * SECOND_US / format.sampleRate();
    }
}
