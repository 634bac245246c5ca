package org.reelcast.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Frame;
import org.reelcast.media.Slice;

/** Where access units of AAC lie that follow each other without a gap, by number from 0 on. Does not change. */
final class UnitGrid {
    private static final long SECOND_US = 1_000_000;
    private static final int AAC_LC = 2;
    private static final int LONG_FRAME = 1024;

    private final AacFormat format;
    private final int samples;
    private final int sampleRate;
    private final long phaseUs;
    /** Stands where the film has no sound; empty where none is known for its coding. */
    private final Optional<Slice> silence;

    /** @param heardUs when one of the units is heard, all others by that */
    UnitGrid(AacFormat format, long heardUs) {
        AudioSpecificConfig config = AudioSpecificConfig.parse(format.config().bytes());
        this.format = format;
        this.samples = config.frameSamples();
        this.sampleRate = format.sampleRate();
        this.phaseUs = heardUs - sinceFirst(Math.floorDiv(heardUs * sampleRate, samples * SECOND_US));
        boolean isPlain = config.coreObjectType() == AAC_LC && samples == LONG_FRAME
                && (config.channels() == 1 || config.channels() == 2);
        this.silence = isPlain ? Optional.of(Slice.of(SilentUnit.of(config.channels()))) : Optional.empty();
    }

    /** No unit is longer. */
    long unitUs() {
        return samples * SECOND_US / sampleRate + 1;
    }

    /** The unit that begins nearest to a time. */
    long nearest(long us) {
        return count(us - phaseUs);
    }

    /** How many units last that long, to the nearest. */
    long count(long us) {
        long half = 2 * Math.floorDiv(us, SECOND_US) * sampleRate
                + 2 * Math.floorMod(us, SECOND_US) * sampleRate / SECOND_US;
        return Math.floorDiv(half + samples, 2L * samples);
    }

    /** When the unit begins. */
    long timeUs(long unit) {
        return phaseUs + sinceFirst(unit);
    }

    private long sinceFirst(long unit) {
        long sample = unit * samples;
        return Math.floorDiv(sample, sampleRate) * SECOND_US
                + (Math.floorMod(sample, sampleRate) * SECOND_US + sampleRate / 2) / sampleRate;
    }

    /**
     * One unit for each place from {@code from} up to {@code to}: that of the film whose time is nearest, or silence.
     *
     * @param units with times in the film
     * @param first where unit 0 of the film is placed
     */
    List<Frame> place(List<Frame> units, long from, long to, long first) {
        List<Frame> placed = new ArrayList<>();
        long next = from;
        for (Frame unit : units) {
            long number = nearest(unit.presentationTimeUs());
            if (number >= next && number < to) {
                fill(next, number, first, placed);
                placed.add(unit.shifted(timeUs(first + number) - unit.presentationTimeUs()));
                next = number + 1;
            }
        }
        fill(next, to, first, placed);
        return placed;
    }

    private void fill(long from, long to, long first, List<Frame> placed) {
        if (silence.isPresent()) {
            for (long number = from; number < to; number++) {
                long timeUs = timeUs(first + number);
                placed.add(new Frame(format, timeUs, timeUs, true, silence.get()));
            }
        }
    }
}
