package org.reelcast.segment;

import java.util.Optional;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
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
    private final Optional<Slice> silence;

    /** @param heardUs when one of the units is heard, all others by that */
    UnitGrid(AacFormat format, long heardUs) {
        AudioSpecificConfig config = AudioSpecificConfig.parse(format.config().bytes());
        this.format = format;
        this.samples = config.frameSamples();
        this.sampleRate = format.sampleRate();
        this.phaseUs = heardUs - sinceFirst(Math.floorDiv(heardUs * sampleRate, samples * SECOND_US));
        boolean isPlain = config.coreObjectType() == AAC_LC
                && samples == LONG_FRAME
                && (config.channels() == 1 || config.channels() == 2);
        this.silence = isPlain ? Optional.of(Slice.of(SilentUnit.of(config.channels()))) : Optional.empty();
    }

    /** No unit is longer. */
    long unitUs() {
        return samples * SECOND_US / sampleRate + 1;
    }

    AacFormat format() {
        return format;
    }

    /** A silent unit; empty where none is known for this coding. */
    Optional<Slice> silence() {
        return silence;
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
}
