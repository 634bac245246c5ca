package org.reelcast.mp4.read;

import java.util.Optional;
import org.reelcast.bitstream.h264.AvcConfig;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.CleanAperture;
import org.reelcast.media.Colour;

/**
 * H.264 in samples of length-prefixed NAL units (ISO 14496-15 section 5.4.2.1).
 *
 * @param format      {@code avc1}, or {@code avc3} when parameter sets may come in the samples too, and where the file
 *                    has no configuration
 * @param config      parameter sets, which may be none with avc3, and the size of the lengths
 * @param width       in pixels, as the entry says; the parameter sets have the last word
 * @param height      likewise
 * @param colour      {@code colr} with code points (ISO 14496-12 section 12.1.5); it goes before the parameter sets'
 * @param pixelAspect {@code pasp} (section 12.1.4), else as the track header's size tells it; likewise
 * @param aperture    {@code clap} (section 12.1.4) when it cuts something off
 */
public record AvcEntry(
        String format,
        AvcConfig config,
        int width,
        int height,
        Optional<Colour> colour,
        Optional<AspectRatio> pixelAspect,
        Optional<CleanAperture> aperture)
        implements VisualEntry {

    @Override
    public VisualEntry withPixels(AspectRatio aspect) {
        return new AvcEntry(format, config, width, height, colour, Optional.of(aspect), aperture);
    }
}
