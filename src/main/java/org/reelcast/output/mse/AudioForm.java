package org.reelcast.output.mse;

import java.util.Arrays;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.bitstream.aac.SilentUnit;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Format;
import org.reelcast.media.Slice;
import org.reelcast.segment.UnbrokenAudio;

/** The sound of a stream, as the SDK takes it. */
final class AudioForm {
    /** All of an AudioSpecificConfig that the SDK reads. */
    private static final int CONFIG_BYTES = 2;

    private final AacFormat format;
    private final byte[] config;
    private final byte[] silence;
    private final int samples;
    private final int rate;

    /** Whether the SDK takes such sound. */
    static boolean takes(Format format) {
        return format instanceof AacFormat
                && AudioSpecificConfig.parse(format.config().bytes()).isPlain();
    }

    AudioForm(AacFormat format) {
        this.format = format;
        AudioSpecificConfig parsed = AudioSpecificConfig.parse(format.config().bytes());
        config = Records.soundConfig(Arrays.copyOf(format.config().bytes(), CONFIG_BYTES));
        silence = Records.sound(Slice.of(SilentUnit.of(parsed.channels())));
        samples = parsed.frameSamples();
        rate = parsed.sampleRate();
    }

    /** Body of the record that says how it is decoded. */
    byte[] config() {
        return config;
    }

    /** Body of the record of a unit of silence. */
    byte[] silence() {
        return silence;
    }

    /** How long so many units last. */
    long lengthUs(long units) {
        return Math.round(units * samples * 1e6 / rate);
    }

    /** Units one behind the other from that time on, with silence where some are missing. */
    <U> UnbrokenAudio<U> unbroken(long startUs, UnbrokenAudio.Output<U> out) {
        return new UnbrokenAudio<>(format, startUs, out);
    }
}
